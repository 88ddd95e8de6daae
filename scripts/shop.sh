# SPDX-License-Identifier: GPL-3.0-or-later
# The demo shop: made once from demo/, opened with its hub and simulated devices, closed by pid.
# shellcheck shell=bash

case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
mn*) language=mn country=mn currency=496 timezone=Asia/Ulaanbaatar ;;
ru*) language=ru country=ru currency=643 timezone=Europe/Moscow ;;
*) language=en country=ru currency=643 timezone=Europe/Moscow ;;
esac
case $language in
mn) shop_name="Хүнсний дэлгүүр" till_name="Касс 1" cashier="Болормаа" senior="Энхтуяа" manager="Ганбаатар" keeper="Дорж" supplier="Хүнсний бөөн төв" ;;
ru) shop_name="Продукты у дома" till_name="Касса 1" cashier="Иванова Мария" senior="Петрова Анна" manager="Сергеев Олег" keeper="Кузьмин Пётр" supplier="Оптовая база" ;;
*) shop_name="Corner shop" till_name="Till 1" cashier="Mary Brown" senior="Ann Clark" manager="Oliver Smith" keeper="Peter Cook" supplier="Wholesale" ;;
esac
programs=${programs:-$top/build}
baraa=$programs/backoffice/baraa
started=()

# The columns that `baraa import` knows, in the shop's language and currency.
demo_goods() {
	awk -F '\t' -v OFS='\t' -v language="$language" -v country="$country" '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i
			print "article", "barcode", "name", "category", "unit", "weighed", "tax", "price"; next }
		{ print $at["article"], $at["barcode"], $at["name_" language], $at["category_" language], $at["unit"],
			$at["weighed"], $at["tax_" country], $at["price_" country] }' "$top/demo/goods.tsv"
}

# What the shop began with, as a delivery: of each of the goods some, for seven tenths of what they cost here.
demo_delivery() {
	printf '{"kind": "delivery", "supplier": "%s", "reference": "1", "key": "demo", "lines": [' "$supplier"
	LC_ALL=C awk -F "\t" 'NR > 1 && !seen[$1]++ {
		printf "%s{\"article\": \"%s\", \"quantity\": \"%d\", \"unit_cost\": \"%.2f\"}", n++ ? ", " : "", $1, 24 + NR % 5 * 12, $8 * 0.7 }' "$1"
	printf ']}\n'
}

# found_shop FOLDER: makes the office database with goods and people, unless it is there.
found_shop() {
	local shop=$1 db=sqlite:$1/office.db
	mkdir -p "$shop/till"
	[ ! -f "$shop/founded" ] || return 0
	rm -f "$shop"/office.db*
	"$baraa" init --db "$db" --country "$country" --shop "$shop_name" >"$shop/founding.log"
	demo_goods >"$shop/goods.tsv"
	"$baraa" import goods "$shop/goods.tsv" --db "$db" --refused "$shop/refused.tsv" >>"$shop/founding.log"
	"$baraa" person add --db "$db" --name "$cashier" --role cashier --pin 1111 >>"$shop/founding.log"
	"$baraa" person add --db "$db" --name "$senior" --role senior --pin 2222 >>"$shop/founding.log"
	"$baraa" person add --db "$db" --name "$manager" --role manager --pin 3333 >>"$shop/founding.log"
	"$baraa" person add --db "$db" --name "$keeper" --role stock --pin 4444 >>"$shop/founding.log"
	demo_delivery "$shop/goods.tsv" | "$baraa" post - --db "$db" >>"$shop/founding.log"
	touch "$shop/founded"
}

# start LOG WORD PROGRAM…: runs a program in the background until it has said WORD.
start() {
	local log=$1 word=$2 pid
	shift 2
	: >"$log"
	"$@" >"$log" 2>&1 &
	pid=$!
	started+=("$pid")
	until grep -q "$word" "$log"; do
		kill -0 "$pid" 2>/dev/null || die "$(basename "$1") ended at once: $(tail -n 1 "$log")"
		sleep 0.05
	done
}

# simulate DEVICE SIMULATOR ARG…: a simulated device, with its log and the fifo of its control lines in the shop's folder.
simulate() {
	local device=$1 simulator=$2
	shift 2
	rm -f "$shop/$device.control"
	mkfifo "$shop/$device.control"
	start "$shop/$device.out" ready "$baraa" sim "$simulator" --log "$shop/$device.log" --control "$shop/$device.control" "$@"
}

# What stands around the till. Russia has fiscal registrars, Mongolia a receipt service and printers. In a day without a window (played)
# nobody waits: paper and cards take no time, the fourth card is declined as the script has it, and letters that the printer's
# code page lacks are printed as others rather than as pictures, so that the paper can be read by programs.
start_devices() {
	local shop=$1 played=$2 print=() card=(--fault card_ms=2000) letters=
	if [ "$played" = played ]; then
		print=(--fault speed_mm=0)
		card=(--fault card_ms=0 --fault declined@0601:4)
		letters=letters=ӨО,өо,ҮУ,үу,₮т
	fi
	rm -rf "$shop/pictures" "$shop/printer.log" "$shop"/*.control
	mkdir "$shop/pictures"
	simulate display display-cd5220 --pty "$shop/display"
	simulate scale scale-cas --pty "$shop/scale"
	simulate terminal payment-zvt --tcp 0 --state "$shop/terminal.state" "${card[@]}"
	case $country in
	mn) # Receipts are registered with a service and printed by the till.
		simulate printer printer-escpos --pty "$shop/printer" --state "$shop/printer.state" --png "$shop/pictures" "${print[@]}"
		simulate service fiscal-ebarimt --http 0 --state "$shop/service.state" ;;
	*) simulate registrar fiscal-shtrih --pty "$shop/registrar" --state "$shop/registrar.state" ;;
	esac
	write_conf "$shop" "$letters" >"$shop/till/till.conf"
}

# write_conf FOLDER LETTERS: the till's devices; the terminal has another port each time.
write_conf() {
	local shop=$1 letters=$2
	case $country in
	mn)
		cat <<-CONF
			[printer]
			device=escpos@pty:$shop/printer
			$letters
			[fiscal]
			device=ebarimt@$(grep -m1 '^http:' "$shop/service.out")
			merchant_tin=11111111111
			district=2501
			classification=0134100
			offline=queue
		CONF
		;;
	*) printf '[fiscal]\ndevice=shtrih@pty:%s\n' "$shop/registrar" ;;
	esac
	cat <<-CONF
		[display]
		device=cd5220@pty:$shop/display
		[scale]
		device=cas@pty:$shop/scale
		[payment]
		device=zvt@$(grep -m1 '^tcp:' "$shop/terminal.out")
		currency=$currency
	CONF
}

# open_shop FOLDER [played]: hub and devices run; the till is enrolled.
open_shop() {
	local shop=$1 db=sqlite:$1/office.db url code
	found_shop "$shop"
	start "$shop/hub.out" listening "$programs/backoffice/baraa-hub" --db "$db" --listen "127.0.0.1:$(cat "$shop/port" 2>/dev/null || echo 0)"
	url=$(grep -om1 'http://[0-9.:]*' "$shop/hub.out")
	echo "${url##*:}" >"$shop/port"
	start_devices "$shop" "${2:-}"
	[ ! -f "$shop/till/till.db" ] || return 0
	code=$("$baraa" till add --db "$db" --shop "$shop_name" --name "$till_name" | grep -oE '[A-Z0-9]{4}-[A-Z0-9]{4}')
	"$programs/pos/baraa-till" --data "$shop/till" --enrol "$url" "$code"
}

close_shop() {
	local pid
	for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
	wait
	started=()
}

# play_day FOLDER: demo/day.till through the real till, then what was printed and what the office knows.
play_day() {
	local shop=$1 db=sqlite:$1/office.db today
	today=$(TZ=$timezone date +%F)
	"$programs/pos/baraa-till" --data "$shop/till" --script "$top/demo/day.till" >"$shop/day.json" || {
		tail -n 1 "$shop/day.json" >&2
		die "The day stopped at the step above."
	}
	sed -n 's/^PAPER|//p' "$shop"/registrar.log "$shop"/printer.log 2>/dev/null || true
	"$baraa" report sales --db "$db" --from "$today" --to "$today" --format table
	"$baraa" report cashiers --db "$db" --from "$today" --to "$today" --format table
	"$baraa" report payments --db "$db" --from "$today" --to "$today" --format table
}
