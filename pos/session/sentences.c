/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/sentences.h"

#include "store/store.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
	const char *code;
	SessionTone tone;
	const char *text;
} Sentence;

#define INFO SESSION_TONE_INFO
#define WARN SESSION_TONE_WARNING
#define STOP SESSION_TONE_STOP

static const Sentence sentences[] = {
	/* what the state does not allow */
	{ "locked", WARN, N_("The till is locked, nothing was changed. Log in with your PIN.") },
	{ "shift-closed", WARN,
	  N_("The shift is closed, nothing was sold. Open the shift, then scan again.") },
	{ "shift-is-open", WARN, N_("The shift is open already. Go on selling.") },
	{ "paying", WARN,
	  N_("Payment has begun, the goods stay as they are. Finish the payment, or go back to the "
	     "goods.") },
	{ "not-paying", WARN, N_("No payment has begun. Add goods, then choose how to pay.") },
	{ "card-asked-first", WARN,
	  N_("The card terminal has the amount. Say first whether the card was accepted.") },
	{ "scan-waits", WARN,
	  N_("%s waits. Say first whether the card was accepted, then it is added by itself.") },
	{ "no-card-asked", WARN, N_("No card payment is waiting. Nothing was changed.") },
	{ "receipt-in-work", WARN,
	  N_("The receipt is being made. Wait a moment; what was scanned is kept.") },
	{ "report-in-work", WARN,
	  N_("The registrar is busy with a report. Wait a moment; what was scanned is kept.") },
	{ "paid-already", WARN,
	  N_("This receipt is paid and can no longer be changed. Scan to begin the next one.") },
	{ "attention-first", STOP,
	  N_("Something still needs a decision, so nothing was changed. Read the message and "
	     "choose "
	     "how to go on.") },
	{ "scan-not-added", STOP,
	  N_("%s was not added: the till needs you first. Choose how to go on, then scan it "
	     "again.") },
	{ "nothing-waits", INFO, N_("Nothing is waiting for a decision. Go on.") },
	{ "logged-in-already", WARN, N_("Finish this first, then change the cashier.") },

	/* goods */
	{ "not-found", WARN,
	  N_("The code %s is not in the goods list, nothing was added. Scan it again or search by "
	     "name.") },
	{ "bad-check-digit", WARN,
	  N_("The code %s was misread: its check digit is wrong. Nothing was added, scan it "
	     "again.") },
	{ "unreadable", WARN, N_("This scan cannot be read, nothing was added. Scan it again.") },
	{ "weigh-first", WARN,
	  N_("%s is sold by weight, nothing was added. Weigh it, then type the weight before the "
	     "code: 1.234*CODE.") },
	{ "no-scale", WARN,
	  N_("No scale is connected to this till. Type the weight before the code.") },
	{ "nothing-to-weigh", WARN, N_("No goods wait for a weight. Scan them first.") },
	{ "weighing", INFO, N_("Put %s on the scale.") },
	{ "weight-wanted-first", WARN,
	  N_("First weigh %s, or leave it out. Nothing else was changed.") },
	{ "weight-left-out", WARN,
	  N_("%s was left out: it has no weight. What was scanned next is added; scan it again to "
	     "weigh it.") },
	{ "weight-right", WARN,
	  N_("%s is weighed on the scale and you may not type its weight. Nothing was added. Call "
	     "a "
	     "senior cashier: their PIN allows it.") },
	{ "weigh-by-hand", WARN,
	  N_("Nothing was added. It is weighed once the scale is back; a senior may type the "
	     "weight "
	     "before the code: 1.234*CODE.") },
	{ "scale-moving", WARN,
	  N_("The scale does not come to rest, so %s was not added yet. Hands off the scale; it is "
	     "added by itself.") },
	{ "scale-empty", WARN,
	  N_("The scale is empty, so %s was not added yet. Put it on; it is added by itself.") },
	{ "scale-same", WARN,
	  N_("The weight on the scale is sold already, so %s was not added. Clear the scale and "
	     "put it "
	     "on.") },
	{ "scale-too-light", WARN,
	  N_("%s is too light for this scale and was not added. Put more on, or sell it another "
	     "way.") },
	{ "scale-negative", WARN,
	  N_("The scale is below zero, so %s was not added. Clear it, press its zero key and put "
	     "the "
	     "goods on.") },
	{ "scale-overload", WARN,
	  N_("%s is too heavy for the scale and was not added. Take some off and weigh it in "
	     "parts.") },
	{ "scale-zero", WARN,
	  N_("The scale was switched on with a load, so %s was not added. Clear it, switch it off "
	     "and "
	     "on.") },
	{ "bad-quantity", WARN,
	  N_("%s is not a quantity that can be sold. The receipt is as it was; type it again.") },
	{ "whole-only", WARN,
	  N_("%s is sold in whole pieces. The receipt is as it was; type a whole number.") },
	{ "price-wanted", INFO, N_("%s has no price. Type its price to sell it.") },
	{ "price-wanted-first", WARN,
	  N_("First type the price of %s, or leave it out. Nothing else was changed.") },
	{ "price-left-out", WARN,
	  N_("%s was left out: it has no price. What was scanned next is added; scan it again to "
	     "type its price.") },
	{ "serial-wanted", INFO, N_("Scan or type the serial number of %s.") },
	{ "serial-wanted-first", WARN,
	  N_("First scan the serial number of %s, or leave it out. Nothing else was changed.") },
	{ "serial-left-out", WARN,
	  N_("%s was left out: its serial number is missing. What was scanned next is added; scan "
	     "it again to give its number.") },
	{ "one-by-one", WARN,
	  N_("%s is sold one by one, each with its serial number. Nothing was added, scan it once "
	     "for each.") },
	{ "mark-wanted", WARN,
	  N_("Each %s has a code of its own. Nothing was added: scan the square code on the "
	     "pack.") },
	{ "expired", STOP,
	  N_("%s is past its last day of sale and was not added. Put it aside. A senior cashier "
	     "may sell it all the same: with their PIN.") },
	{ "nothing-to-hold", WARN, N_("There is nothing to put aside. Scan goods first.") },
	{ "return-not-held", WARN,
	  N_("A return cannot be put aside. Give the money back, or void it.") },
	{ "held", INFO,
	  N_("The receipt is put aside as number %s. The next shopper can be served.") },
	{ "none-held", WARN, N_("No receipt is put aside.") },
	{ "which-held", WARN, N_("Several receipts are put aside. Choose one.") },
	{ "not-held", WARN, N_("No receipt is put aside as number %s. Choose another.") },
	{ "held-first", WARN,
	  N_("Receipts are put aside. Nothing was printed. Take each of them up, or void it, then "
	     "close the shift.") },
	{ "no-such-receipt", WARN,
	  N_("This till has sold no receipt %s. Nothing was changed; check the number.") },
	{ "not-in-office", WARN,
	  N_("The office knows no receipt %s. Nothing was changed; check the number. If another "
	     "till sold it just now, try again in a minute.") },
	{ "asking-office", INFO, N_("Asking the office for receipt %s.") },
	{ "office-asked-first", WARN,
	  N_("The office is being asked for a receipt. Wait a moment; what was scanned is kept.") },
	{ "office-silent", WARN,
	  N_("Another till sold receipt %s, and the office does not answer. Nothing was changed. "
	     "Take it back at that till, or try again later.") },
	{ "office-odd", WARN,
	  N_("What the office says of receipt %s does not add up. Nothing was changed. Take it "
	     "back "
	     "at the till that sold it, and tell your administrator.") },
	{ "is-a-return", WARN,
	  N_("%s is a return itself. Nothing was changed; take the receipt of the sale.") },
	{ "sale-not-told", WARN,
	  N_("The registrar does not know of receipt %s yet. Nothing was changed; it has to be "
	     "told "
	     "first.") },
	{ "business-all", WARN,
	  N_("A receipt of a business cannot be taken back as a whole here. Nothing was given "
	     "back; leave "
	     "a line out, or call the manager.") },
	{ "sale-number-lost", WARN,
	  N_("The fiscal number of receipt %s was lost, so its return cannot be booked here. "
	     "Nothing was "
	     "changed; call the manager.") },
	{ "nothing-left", WARN,
	  N_("All of receipt %s has come back already. Nothing was changed.") },
	{ "line-not-left", WARN,
	  N_("Line %s is not on that receipt, or has come back already. Nothing was changed.") },
	{ "return-open", INFO,
	  N_("Return of receipt %s. Leave out what stays with the shopper, then give the money "
	     "back.") },
	{ "return-right", WARN,
	  N_("You may not take goods back. Nothing was changed. Call a senior cashier: their PIN "
	     "allows it.") },
	{ "return-line", WARN,
	  N_("That is more than is left of this line of the sale. Nothing was changed.") },
	{ "return-fixed", WARN,
	  N_("A return gives back what was charged: its prices and discounts stay. Nothing was "
	     "changed.") },
	{ "return-only", WARN, N_("A return is open. Finish it or void it, then sell.") },
	{ "no-return", WARN, N_("No return is open. Scan the receipt that goods come back with.") },
	{ "returned", INFO, N_("%s was given back. Return %s.") },
	{ "card-give-back", INFO,
	  N_("Give %s back on the card terminal, then say what it answered.") },
	{ "card-went-back", WARN,
	  N_("%s went back to the card already. Finish this return: give back the rest.") },
	{ "card-refunding", INFO, N_("The card terminal is asked to give %s back.") },
	{ "card-reversing", INFO,
	  N_("The card terminal is asked to take the payment of %s back.") },
	{ "card-taken-back", INFO,
	  N_("%s went back to the card. The goods can be changed again.") },
	{ "card-back-unknown", STOP,
	  N_("It is not known whether %s went back to the card. Keep the shopper here; the "
	     "terminal is asked by itself. Look at its display, or call the manager to decide.") },
	{ "card-not-given", WARN,
	  N_("The terminal did not give %s back, and the return is not finished. Give back again, "
	     "or call the manager.") },
	{ "card-not-given-yet", WARN,
	  N_("Nothing was given back and the return is kept. Put it right and give back again.") },
	{ "card-still-charged", WARN,
	  N_("The card is charged as before. Put it right and go back again, or finish the "
	     "sale.") },
	{ "card-not-back", WARN,
	  N_("The terminal did not take the payment of %s back: the card is charged as before. Pay "
	     "the rest, or try again.") },
	{ "mark-twice", WARN,
	  N_("Marked goods are sold a piece at a time, and each piece once. Nothing was added; "
	     "scan "
	     "the next one.") },
	{ "bad-customer", WARN,
	  N_("%s is no phone, mail or taxpayer number that can be used here. Nothing was changed; "
	     "type it again.") },
	{ "customer-contact", INFO, N_("The receipt will be sent to %s.") },
	{ "customer-tin", INFO, N_("The receipt is for the business with the number %s.") },
	{ "customer-card", INFO, N_("%s: the prices of this customer apply.") },
	{ "customer-consumer", INFO, N_("The receipt is booked to the buyer %s.") },
	{ "closed-late", WARN,
	  N_("Paid: %s. The registrar is down and will be told later; hand out the till's "
	     "paper.") },
	{ "none-late", WARN,
	  N_("The registrar knows of every receipt. There is nothing to tell.") },
	{ "late-telling", INFO, N_("The registrar is being told of %s receipts.") },
	{ "late-right", WARN,
	  N_("Corrections are made by a manager. Nothing was sent. Call one: their PIN allows "
	     "it.") },
	{ "late-reason", WARN,
	  N_("A correction needs a reason. Nothing was sent; type why these receipts were sold "
	     "without the registrar.") },
	{ "late-not-told", WARN,
	  N_("The registrar was not told of the receipts it does not know. They stay in the list; "
	     "try again when it is well.") },
	{ "case-late", WARN, N_("Sold while the registrar was down. It has to be told.") },
	{ "case-twice", WARN,
	  N_("The answer was lost and the receipt was sent again: it may be booked twice. Look it "
	     "up "
	     "at the tax office and void one if so.") },
	{ "case-number", WARN,
	  N_("It is booked, but its number was lost. Look it up at the tax office.") },
	{ "accept-right", WARN,
	  N_("Only a manager may accept another registrar. Nothing was changed. Call one: their "
	     "PIN "
	     "allows it.") },
	{ "registrar-accepted", INFO, N_("The registrar is accepted as it is. Go on.") },
	{ "registrar-differs", WARN,
	  N_("The shift is closed. The registrar has counted %s, the till %s: tell the manager.") },
	{ "fiscal-memory-full", WARN,
	  N_("The fiscal memory is full: nothing more can be sold. Call the service to replace "
	     "it.") },
	{ "fiscal-memory-near-full", WARN,
	  N_("The fiscal memory is nearly full. Tell the manager: it has to be replaced soon.") },
	{ "lotteries-low", WARN,
	  N_("Few lottery numbers are left. Tell the manager: the receipt service has to fetch new "
	     "ones.") },
	{ "no-lotteries", STOP,
	  N_("No lottery number is left: receipts are refused. Call the manager: the receipt "
	     "service "
	     "has to fetch new ones.") },
	{ "fiscal-unsent-days", STOP,
	  N_("Receipts have not reached the tax office for three days. Call the manager: the "
	     "service "
	     "or its line has to be put right.") },
	{ "fiscal-unsent", WARN,
	  N_("Receipts have not reached the tax office for a day. Sales go on; tell the "
	     "manager.") },
	{ "price-right", WARN,
	  N_("%s has no price and you may not type one. Nothing was added. Call a senior cashier: "
	     "their PIN allows it.") },
	{ "price-change-right", WARN,
	  N_("You may not change prices. The price is as it was. Call a senior cashier: their PIN "
	     "allows it.") },
	{ "bad-amount", WARN,
	  N_("%s is not an amount of money. Nothing was changed; type it again.") },
	{ "bad-price", WARN, N_("%s cannot be a price. Nothing was changed; type it again.") },
	{ "no-line", WARN,
	  N_("There is no such line in the receipt. Nothing was changed; choose a line.") },
	{ "item-gone", WARN,
	  N_("These goods are no longer in the list. Nothing was added; search again.") },
	{ "bad-discount", WARN,
	  N_("%s cannot be the discount here. Nothing was changed; type it like 12.50 or 5%.") },
	{ "discount-right", WARN,
	  N_("You may not give a discount over 10%. Nothing was changed. Call a senior cashier: "
	     "their PIN allows it.") },
	{ "void-right", WARN,
	  N_("You may not void a whole receipt. It is as it was. Call a senior cashier: their PIN "
	     "allows it.") },
	{ "settle-right", STOP,
	  N_("Only a manager may decide this. Nothing was changed. Call the manager: their PIN "
	     "allows it.") },
	{ "too-large", WARN,
	  N_("The sum would be too large for one receipt. Nothing was changed; check the quantity "
	     "and the price.") },
	{ "no-goods", STOP,
	  N_("The goods list is empty, nothing can be sold. Ask the office to add goods, then "
	     "press "
	     "Sync.") },
	{ "receipt-voided", INFO, N_("The receipt was voided. Scan to begin the next one.") },
	{ "finished", INFO,
	  N_("The receipt %s from before the stop is paid and printed. Its change is %s; give it "
	     "if you have not.") },
	{ "restored", INFO, N_("The receipt from before is back as it was. Go on with it.") },

	/* people */
	{ "wrong-pin", WARN, N_("No one here has this PIN. Nothing was changed; type it again.") },
	{ "pin-wait", WARN,
	  N_("Too many wrong PINs. Nothing was changed; wait half a minute and type it again.") },
	{ "card-pin", INFO,
	  N_("%s, type your PIN now. The badge alone opens nothing in this shop.") },
	{ "show-card", WARN,
	  N_("%s, show your badge first, then type your PIN. Nothing was changed.") },
	{ "no-till-right", WARN,
	  N_("%s has no right to sell. The till stays locked; log in as a cashier.") },
	{ "nothing-refused", WARN, N_("Nothing was refused, so no PIN is needed. Go on.") },
	{ "override-right", WARN,
	  N_("%s may not allow this either. Nothing was changed; call a senior cashier.") },
	{ "no-sale-right", WARN,
	  N_("You may not open the drawer without a sale. It stays closed. Call a senior cashier: "
	     "their PIN allows it.") },

	/* money */
	{ "empty", WARN, N_("There is nothing to pay for. Scan goods first.") },
	{ "card-too-much", WARN,
	  N_("A card pays at most what is due: %s. Nothing was charged; type the amount again.") },
	{ "nothing-due", WARN, N_("Nothing is due any more. No money was taken.") },
	{ "part-paid", INFO, N_("%s is still due. Take the rest in cash or by card.") },
	{ "card-ask", INFO,
	  N_("Charge %s on the card terminal, then say whether the card was accepted.") },
	{ "card-connecting", INFO, N_("The card terminal is asked for %s.") },
	{ "card-insert", INFO, N_("%s by card: the shopper inserts or holds the card.") },
	{ "card-pin", INFO, N_("%s by card: the shopper types the PIN.") },
	{ "card-host", INFO, N_("%s by card: the terminal asks the bank.") },
	{ "card-remove", INFO, N_("%s by card: the shopper takes the card back.") },
	{ "card-wait", INFO, N_("%s by card: the terminal is at work.") },
	{ "card-stopping", INFO, N_("The terminal is asked to stop the payment of %s.") },
	{ "card-in-work", WARN,
	  N_("The card terminal is at work. Wait for it, or go back to stop it; what was scanned "
	     "is "
	     "kept.") },
	{ "card-not-begun", WARN,
	  N_("Nothing was charged and the receipt is kept. Put it right and pay again, or take "
	     "cash.") },
	{ "card-not-sent", WARN,
	  N_("The till was stopped before the card was charged. %s is still due: pay again.") },
	{ "card-unknown", STOP,
	  N_("It is not known whether the card was charged %s. Keep the goods here; the terminal "
	     "is "
	     "asked by itself. Look at its display, or call the manager to decide.") },
	{ "card-asking", STOP,
	  N_("The terminal is asked what became of %s. Keep the goods here.") },
	{ "card-settle-right", STOP,
	  N_("Only a manager may say what became of the card payment. Nothing was changed. Call "
	     "the "
	     "manager: their PIN allows it.") },
	{ "card-declined", WARN,
	  N_("The card was declined and nothing was charged. %s is still due: take cash or another "
	     "card.") },
	{ "paid", INFO, N_("Paid, receipt %s. Scan to begin the next one.") },
	{ "paid-change", INFO, N_("Give %s change, receipt %s. Scan to begin the next one.") },
	{ "card-back", STOP,
	  N_("%s was charged to a card. Cancel it on the terminal and give the slip to the "
	     "shopper; "
	     "the goods can be changed again.") },
	{ "no-printer", WARN, N_("This till prints no receipts of its own. Nothing was printed.") },
	{ "nothing-to-print", WARN, N_("Nothing was sold yet, so there is no receipt to print.") },
	{ "reprinting", INFO, N_("The last receipt is printed once more, as a copy.") },
	{ "papers-owed", WARN,
	  N_("Receipts that wait for the printer: %s. Selling goes on; they come out by themselves "
	     "once "
	     "it is put right.") },
	{ "papers-dropped", INFO, N_("The receipts that waited for the printer were dropped.") },
	{ "drop-paper-right", WARN,
	  N_("You may not drop receipts. They still wait. Call a senior cashier: their PIN allows "
	     "it.") },
	{ "no-drawer", WARN, N_("No drawer is connected to this till. Open it with its key.") },
	{ "drawer-stays", WARN,
	  N_("The drawer stayed closed. Put it right or open it with its key.") },
	{ "drawer-failed", WARN,
	  N_("The drawer did not open. The sale is finished and saved; open the drawer with its "
	     "key.") },
	{ "not-enough-cash", WARN,
	  N_("The drawer holds only %s by the till's count. No money was taken out; type less.") },
	{ "cash-in-done", INFO, N_("%s was put into the drawer and written down.") },
	{ "cash-out-done", INFO, N_("%s was taken out of the drawer and written down.") },
	{ "no-room", STOP,
	  N_("The disk of this till is full. No money was taken and the receipt is kept. Call the "
	     "manager to free space.") },
	{ "save-failed", STOP,
	  N_("The till could not save this, so it was not done. The receipt is kept. Try again, "
	     "then "
	     "call the manager.") },
	{ "close-failed", STOP,
	  N_("The receipt is paid, but the till could not save it. Keep the money and the goods "
	     "here. Press Retry; call the manager if it stays.") },

	/* shift */
	{ "shift-opened", INFO, N_("Shift %s is open. Scan to begin.") },
	{ "shift-done", INFO, N_("Shift %s is closed. By the till's count the drawer holds %s.") },
	{ "shift-difference", WARN,
	  N_("The shift is closed. Counted cash differs from the till's count by %s, the drawer "
	     "should hold %s.") },
	{ "receipt-open", WARN,
	  N_("A receipt is open, so the shift stays open. Finish the receipt or void it first.") },
	{ "shift-over-24", WARN,
	  N_("The shift is open longer than 24 hours. Close it and open a new one before you "
	     "sell.") },
	{ "x-done", INFO, N_("The X report is made. Sales in this shift: %s.") },
	{ "clock-back", WARN,
	  N_("The clock of this till went backwards. Receipts are kept in order; ask the manager "
	     "to "
	     "set the clock.") },

	/* the registrar, where the sale hangs on it */
	{ "sale-not-made", STOP,
	  N_("No fiscal receipt was made, the money is still to be settled. Press Retry, or Back "
	     "to "
	     "payment.") },
	{ "sale-unknown", STOP,
	  N_("It is not known yet whether the fiscal receipt was made. Keep the money and the "
	     "goods "
	     "here and press Retry; nothing will be made twice.") },
	{ "sale-foreign", STOP,
	  N_("The fiscal registrar holds a document that this till did not make, so nothing more "
	     "is sold here. Call the manager to look at it: Retry asks it again, Back to payment "
	     "says that it is not ours.") },
	{ "sale-paper", STOP,
	  N_("The fiscal receipt is made, only its paper is missing. Put it right and press Retry; "
	     "it will not be made twice.") },
	{ "report-not-made", WARN,
	  N_("Nothing was done and everything is as it was. Put it right, then try again.") },
	{ "document-unknown", STOP,
	  N_("It is not known yet whether the document was made. Nothing more is sold until it is. "
	     "Press Retry; nothing will be made twice.") },
	{ "not-paid-yet", WARN,
	  N_("No money was taken and the receipt is kept. Put it right, then pay again.") },

	/* devices */
	{ "devices-right", WARN,
	  N_("You may not set up devices. Nothing was changed. Call a senior cashier: their PIN "
	     "allows it.") },
	{ "bad-device", WARN,
	  N_("%s is not a device that this till knows. Nothing was changed; choose how it speaks "
	     "and where it hangs.") },
	{ "device-at-work", WARN,
	  N_("%s is at work. Nothing was changed; wait until it is done and try again.") },
	{ "device-in-trial", WARN,
	  N_("A device is being tried. Wait a moment; what was scanned is kept.") },
	{ "registrar-in-shift", WARN,
	  N_("The registrar holds an open shift, so nothing was changed. Close the shift first.") },
	{ "device-not-set", WARN, N_("%s is not set up yet. Choose it, then try it.") },
	{ "device-set", INFO, N_("%s is set up. Its light tells how it is.") },
	{ "device-removed", INFO,
	  N_("%s was taken out of the settings. Selling goes on without.") },
	{ "conf-failed", STOP,
	  N_("The settings could not be written, so nothing was changed. Call the "
	     "administrator.") },
	{ "trial", INFO, N_("%s is being tried. One moment.") },
	{ "trial-failed", WARN, N_("The trial failed. Selling goes on as before.") },
	{ "trial-printer", INFO,
	  N_("A test page is printed. Look whether all letters are right and no edge is cut "
	     "off.") },
	{ "trial-drawer", INFO,
	  N_("The drawer was told to open. If it stays closed, check its "
	     "cable and the printer's setting.") },
	{ "trial-display", INFO,
	  N_("Three screens were shown. If letters were wrong, choose another code page.") },
	{ "trial-weight", INFO, N_("The scale answers: %s kg.") },
	{ "trial-scale", INFO, N_("The scale answers, but says no weight now.") },
	{ "trial-payment", INFO, N_("The card terminal answers. Nothing was charged.") },
	{ "trial-fiscal", INFO, N_("The registrar %s answers. Nothing was printed.") },
	{ "trial-scan", INFO, N_("The scanner works: it read %s.") },
	{ "trial-no-scan", WARN,
	  N_("Nothing was scanned within ten seconds. Scan any code while it is being tried.") },

	/* the hub */
	{ "sync-done", INFO, N_("The hub has everything of this till, goods and prices are new.") },
	{ "hub-down", WARN,
	  N_("The hub cannot be reached. Selling goes on; everything is kept and sent later.") },
	{ "hub-refused", STOP,
	  N_("The hub does not accept this till any more. Selling goes on and is kept here. Ask "
	     "the "
	     "office to enrol the till again.") },
	{ "cloned-till", STOP,
	  N_("The hub knows this till with another history: it was copied or restored from a "
	     "backup. "
	     "Stop selling on one of the two and call the office.") },
	{ "sync-failed", WARN,
	  N_("Talking to the hub failed. Selling goes on; everything is kept and sent later.") },
	{ "no-hub", WARN, N_("This till has no hub. Enrol it to share goods and sales.") },
	/* scripts */
	{ "no-step", WARN, N_("There is no such step in a script: %s.") },
	{ "no-field", WARN, N_("An answer has no field %s.") },
	{ "expected", WARN, N_("Expected %s, found %s.") },
	{ "not-in-version", WARN,
	  N_("This version of the till cannot do that yet. Nothing was changed.") },
};

/* What each fault asks for; "%s" is the device. */
static const char *const faults[DEVICE_FAULT_N] = {
	[DEVICE_FAULT_OFFLINE] = N_("%s: no answer. Check its power and its cable."),
	[DEVICE_FAULT_NO_PERMISSION] =
		N_("%s: this user may not open its port. Call the administrator."),
	[DEVICE_FAULT_IN_USE] = N_("%s: another program holds its port. Close that program."),
	[DEVICE_FAULT_PAPER_OUT] = N_("%s: out of paper. Put in a new roll."),
	[DEVICE_FAULT_PAPER_NEAR_END] = N_("%s: the paper ends soon. Have a new roll ready."),
	[DEVICE_FAULT_COVER_OPEN] = N_("%s: the cover is open. Close it."),
	[DEVICE_FAULT_RIBBON_OUT] = N_("%s: out of ribbon. Put in a new one."),
	[DEVICE_FAULT_PAUSED] = N_("%s: it was paused. Press its pause key."),
	[DEVICE_FAULT_BUSY] = N_("%s: still busy. Wait a moment."),
	[DEVICE_FAULT_PROTOCOL] =
		N_("%s: its answers make no sense. Check that the right device and speed are set."),
	[DEVICE_FAULT_WRONG_PASSWORD] =
		N_("%s: it refuses the password. Call the administrator to set the right one."),
	[DEVICE_FAULT_SHIFT_TOO_LONG] = N_(
		"%s: its shift is open longer than 24 hours. Close the shift and open a new one."),
	[DEVICE_FAULT_SHIFT_CLOSED] = N_("%s: its shift is closed. Close and open the shift here."),
	[DEVICE_FAULT_SHIFT_OPEN] = N_("%s: its shift is open already. Close it first."),
	[DEVICE_FAULT_DOCUMENT_OPEN] = N_("%s: a receipt hangs open in it. Press Retry."),
	[DEVICE_FAULT_CLOCK] = N_("%s: its clock is wrong. Call the administrator to set it."),
	[DEVICE_FAULT_MEMORY_FULL] = N_("%s: its memory is full. Call the service."),
	[DEVICE_FAULT_NO_CASH] = N_("%s: its drawer counter has less than that. Take out less."),
	[DEVICE_FAULT_MECHANISM] =
		N_("%s: its printing mechanism failed. Check it for jammed paper."),
	[DEVICE_FAULT_NEEDS_SERVICE] = N_("%s: it needs service. Call the service."),
	[DEVICE_FAULT_REFUSED] =
		N_("%s: it does not accept this document. Call the administrator."),
	[DEVICE_FAULT_OUTCOME_UNKNOWN] =
		N_("%s: the answer was lost. Check its power and its cable."),
	[DEVICE_FAULT_NUMBER_GAP] = N_(
		"%s: it has made documents that this till knows nothing of. A manager looks at its "
		"paper and accepts it, or calls the service."),
	[DEVICE_FAULT_REPLACED] =
		N_("%s: this is another one than before. Connect the old one, or call the "
		   "administrator."),
	[DEVICE_FAULT_CANCELLED] = N_("%s: the work was stopped. Try again."),
	[DEVICE_FAULT_BAD_ADDRESS] =
		N_("%s: the settings name a device that does not exist. Call the administrator."),
};

static const Sentence *find(const char *code)
{
	for (size_t i = 0; i < G_N_ELEMENTS(sentences); i++)
		if (strcmp(sentences[i].code, code) == 0)
			return &sentences[i];
	g_error("no sentence '%s'", code);
}

/* Puts @first and @second where the text has "%s"; any other "%" is one (as in "5%"). A translation
 * that needs another order writes "%1$s" and "%2$s". */
static void fill(GString *out, const char *text, const char *first, const char *second)
{
	const char *next[] = { first, second, NULL };
	int n = 0;

	for (const char *at = text; *at != '\0'; at++) {
		const char *value = NULL;

		if (g_str_has_prefix(at, "%s")) {
			value = next[MIN(n, 2)];
			n++;
			at += 1;
		} else if (g_str_has_prefix(at, "%1$s") || g_str_has_prefix(at, "%2$s")) {
			value = next[at[1] - '1'];
			at += 3;
		} else {
			g_string_append_c(out, *at);
			continue;
		}
		g_string_append(out, value != NULL ? value : "");
	}
}

char *sentence_dup(const char *code, const char *first, const char *second)
{
	GString *out = g_string_new(NULL);

	fill(out, _(find(code)->text), first, second);
	return g_string_free(out, FALSE);
}

SessionTone sentence_tone(const char *code)
{
	return find(code)->tone;
}

const char *sentence_code(const char *code)
{
	return find(code)->code;
}

const char *sentence_device(SessionDevice device)
{
	switch (device) {
	case SESSION_FISCAL:
		return _("Fiscal registrar");
	case SESSION_PRINTER:
		return _("Receipt printer");
	case SESSION_PAYMENT:
		return _("Card terminal");
	case SESSION_SCALE:
		return _("Scale");
	case SESSION_DISPLAY:
		return _("Customer display");
	case SESSION_SCANNER:
		return _("Scanner");
	case SESSION_HUB:
		return _("Hub");
	default:
		g_return_val_if_reached("");
	}
}

char *sentence_dup_fault(SessionDevice device, DeviceFault fault)
{
	GString *out = g_string_new(NULL);

	g_return_val_if_fail(fault >= 0 && fault < DEVICE_FAULT_N, g_string_free(out, FALSE));
	fill(out, _(faults[fault]), sentence_device(device), NULL);
	return g_string_free(out, FALSE);
}

char *session_dup_device_fault(SessionDevice device, DeviceFault fault)
{
	return sentence_dup_fault(device, fault);
}

char *session_dup_failure(const GError *error)
{
	if (g_error_matches(error, STORE_ERROR, STORE_ERROR_MISSING))
		return g_strdup(
			_("This folder holds no till. Enrol it first: baraa-till --data DIR "
			  "--enrol URL CODE"));
	if (g_error_matches(error, STORE_ERROR, STORE_ERROR_NEWER))
		return g_strdup(_("These files were written by a newer version of Baraa. Update "
				  "this program."));
	if (g_error_matches(error, STORE_ERROR, STORE_ERROR_CORRUPT))
		return g_strdup(_("The files of this till are damaged. Keep them as they are and "
				  "call the office."));
	if (g_error_matches(error, STORE_ERROR, STORE_ERROR_FULL))
		return g_strdup(_("The disk of this till is full. Make room on it and start "
				  "again."));
	if (error->domain == G_FILE_ERROR || error->domain == G_KEY_FILE_ERROR)
		return g_strdup(_("till.conf cannot be read. Correct it and start again."));
	return g_strdup(_("The files of this till cannot be opened. Check the folder and its "
			  "rights."));
}
