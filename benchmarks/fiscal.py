# SPDX-License-Identifier: GPL-3.0-or-later
"""What the till adds to a registrar's own time, from the payment to its answer, and how long the Z of a long shift takes. The
registrar is the simulator; its own time is what passes between a byte of the host and the device's next one, in its own log."""
import json
import time

import counter


def make_till(baraa, till_program, hub, folder, conf):
    folder.mkdir()
    data = counter.make_shop(baraa, till_program, hub, folder)
    (data / 'till.conf').write_text(conf)
    till = counter.Till(till_program, data)
    till.step('login 1111')
    return till


def device_time(lines, start, end):
    """Seconds in which the registrar had the word, between two moments."""
    own, asked = 0.0, None
    for at, way, _ in lines:
        if not start <= at <= end:
            continue
        if way == 'H>':
            asked = at
        elif way == 'D>' and asked is not None:
            own += at - asked
            asked = None
    return own


def sell(till, n_lines):
    for n in range(n_lines):
        code = f'200000{n:06d}'
        till.step(f'scan {code}{counter.check_digit(code)}')
    start = time.time()
    answer = till.step('pay cash')
    assert answer['ok'], answer
    return start, time.time()


def overheads(baraa, till_program, hub, folder, turns):
    """Milliseconds a sale of five lines took beyond the registrar's own time."""
    folder.mkdir(exist_ok=True)
    registrar = counter.Sim(baraa, folder, 'fiscal-shtrih', 'print_ms=0')
    till = make_till(baraa, till_program, hub, folder / 'fiscal', f'[fiscal]\ndevice=shtrih@pty:{registrar.link}\n')
    till.step('open-shift 0')
    spans = [sell(till, 5) for _ in range(turns)]
    till.stop()
    lines = list(registrar.lines())
    registrar.stop()
    return [(end - start - device_time(lines, start, end)) * 1000 for start, end in spans][1:]


def long_shift(baraa, till_program, hub, folder, receipts):
    """Seconds of the Z after that many receipts; the till has no registrar, so that all of it is the till's own."""
    till = make_till(baraa, till_program, hub, folder, '')
    till.step('open-shift 0')
    for _ in range(receipts):
        sell(till, 1)
    start = time.monotonic()
    answer = till.step('close-shift')
    taken = time.monotonic() - start
    assert answer['ok'], json.dumps(answer)
    till.stop()
    return taken
