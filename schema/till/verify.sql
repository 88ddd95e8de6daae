-- SPDX-License-Identifier: GPL-3.0-or-later
-- What has to agree beside the chain. Each gives a row for what does not: a text that names it.

-- Every entry of a receipt has its row, and the row its entry.
-- :name receipts
SELECT coalesce (r.number, json_extract (j.body, '$.number'), '#' || coalesce (j.number, r.journal))
FROM (SELECT number, body FROM journal WHERE kind = 'receipt') AS j
FULL JOIN receipt AS r ON r.journal = j.number
WHERE r.number IS NULL OR j.number IS NULL
  OR r.number <> json_extract (j.body, '$.number') OR r.seq <> json_extract (j.body, '$.seq')
ORDER BY coalesce (j.number, r.journal) LIMIT 1;

-- A document of a registrar proves one thing, once.
-- :name proof_twice
SELECT serial || ' / ' || document FROM fiscal
WHERE +document > 0
GROUP BY +serial, +document HAVING count (*) > 1
ORDER BY min (id) LIMIT 1;

-- :name two_documents
SELECT receipt.number FROM fiscal JOIN receipt ON receipt.seq = coalesce (fiscal.late, fiscal.receipt)
WHERE fiscal.proof IS NOT NULL
GROUP BY receipt.seq HAVING count (*) > 1
ORDER BY receipt.seq LIMIT 1;

-- The document of the entry, and the one of the registrar's row.
-- :name other_document
SELECT receipt.number
FROM receipt JOIN journal ON journal.number = receipt.journal
LEFT JOIN fiscal ON fiscal.receipt = receipt.seq AND fiscal.late IS NULL AND fiscal.proof IS NOT NULL
WHERE coalesce (json_extract (journal.body, '$.fiscal'), '') <> coalesce (fiscal.proof, '')
ORDER BY receipt.seq LIMIT 1;

-- Told later: it waits, or it was told.
-- :name late
SELECT receipt.number
FROM receipt JOIN journal ON journal.number = receipt.journal
LEFT JOIN late ON late.seq = receipt.seq
LEFT JOIN fiscal ON fiscal.late = receipt.seq AND fiscal.proof IS NOT NULL
WHERE (json_extract (journal.body, '$.late') IS NOT NULL)
  <> (late.seq IS NOT NULL) + (fiscal.id IS NOT NULL)
ORDER BY receipt.seq LIMIT 1;

-- A registrar comes and goes between shifts: in one shift all receipts have a document, or none.
-- :name no_document
SELECT receipt.number
FROM receipt JOIN journal ON journal.number = receipt.journal
WHERE json_extract (journal.body, '$.fiscal') IS NULL AND json_extract (journal.body, '$.late') IS NULL
  AND receipt.shift IN
    (SELECT r.shift FROM receipt AS r JOIN journal AS j ON j.number = r.journal
     WHERE json_extract (j.body, '$.fiscal') IS NOT NULL OR json_extract (j.body, '$.late') IS NOT NULL)
ORDER BY receipt.seq LIMIT 1;

-- What a return says that it took back is what was noted of it.
-- :name returned_noted
SELECT receipt.number
FROM receipt JOIN journal ON journal.number = receipt.journal
JOIN json_each (journal.body, '$.receipt.lines') AS line
LEFT JOIN returned ON returned.receipt = receipt.seq
  AND returned.origin = json_extract (journal.body, '$.receipt.origin.number')
  AND returned.line = json_extract (line.value, '$.basis.line')
WHERE json_extract (journal.body, '$.receipt.origin.number') IS NOT NULL
  AND NOT json_extract (line.value, '$.voided')
  AND returned.quantity IS NOT json_extract (line.value, '$.quantity')
ORDER BY receipt.seq LIMIT 1;

-- Never more than was sold: by this till, or as the return was told.
-- :name returned_too_much
SELECT back.origin
FROM (SELECT origin, line, sum (quantity) AS quantity, min (receipt) AS receipt FROM returned
      GROUP BY origin, line) AS back
LEFT JOIN receipt AS sale ON sale.number = back.origin
LEFT JOIN journal AS sold ON sold.number = sale.journal
LEFT JOIN receipt ON receipt.seq = back.receipt
LEFT JOIN journal ON journal.number = receipt.journal
WHERE back.quantity > coalesce (
  (SELECT json_extract (value, '$.quantity') FROM json_each (sold.body, '$.receipt.lines')
   WHERE json_extract (value, '$.n') = back.line AND NOT json_extract (value, '$.voided')),
  (SELECT json_extract (value, '$.basis.sold.quantity')
   FROM json_each (journal.body, '$.receipt.lines')
   WHERE sale.number IS NULL AND json_extract (value, '$.basis.line') = back.line), 0)
ORDER BY back.receipt LIMIT 1;
