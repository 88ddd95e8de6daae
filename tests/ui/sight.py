# SPDX-License-Identifier: GPL-3.0-or-later
"""What a program shows, as assistive technology is told it over D-Bus. libatspi asks for one thing after another, and waits each
time for two processes that have much to do: here a whole row of the tree is asked for at once."""
from gi.repository import Gio, GLib

ACCESSIBLE, TEXT = 'org.a11y.atspi.Accessible', 'org.a11y.atspi.Text'
ROOT = '/org/a11y/atspi/accessible/root'
NOBODY = '/org/a11y/atspi/null'
NO_BREAK_SPACE = '\u00a0'
TO_THE_END = 0x7fffffff
TRIES = 10
WINDOW = 1  # coordinates are from its corner


class Node:
    """One thing on the screen, as it was when it was looked at; what is asked of it later is answered later."""

    def __init__(self, sight, name, path, text):
        self.sight, self.bus_name, self.path = sight, *path
        self.name, self.text = (part.replace(NO_BREAK_SPACE, ' ') for part in (name, text))

    def _call(self, interface, method, parameters=None):
        return self.sight.call(self.bus_name, self.path, interface, method, parameters)

    def has(self, state):
        words = self._call(ACCESSIBLE, 'GetState')[0]
        return bool(words[int(state) // 32] >> int(state) % 32 & 1)

    def role(self):
        return self._call(ACCESSIBLE, 'GetRole')[0]

    def description(self):
        text = self._call('org.freedesktop.DBus.Properties', 'Get', GLib.Variant('(ss)', (ACCESSIBLE, 'Description')))[0]
        return text.replace(NO_BREAK_SPACE, ' ')

    def box(self):
        """x, y, width and height in its window."""
        return self._call('org.a11y.atspi.Component', 'GetExtents', GLib.Variant('(u)', (WINDOW,)))[0]

    def do(self):
        return self._call('org.a11y.atspi.Action', 'DoAction', GLib.Variant('(i)', (0,)))[0]


class Sight:
    """Of the process that has this number."""

    def __init__(self, pid):
        self.pid, self.app = pid, None
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None, 0, -1).unpack()[0]
        self.bus = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)

    def call(self, name, path, interface, method, parameters=None):
        return self.bus.call_sync(name, path, interface, method, parameters, None, 0, -1).unpack()

    def _find_app(self):
        """Its name on the bus and the top of its tree; None while it has not told them."""
        for name, path in self.call('org.a11y.atspi.Registry', ROOT, ACCESSIBLE, 'GetChildren')[0]:
            owner = self.call('org.freedesktop.DBus', '/', 'org.freedesktop.DBus', 'GetConnectionUnixProcessID',
                              GLib.Variant('(s)', (name,)))[0]
            if owner == self.pid:
                return name, path
        return None

    def _ask(self, questions):
        """The answers in their order, None where there was none."""
        answers = [None] * len(questions)
        left = len(questions)

        def take(bus, result, i):
            nonlocal left
            left -= 1
            try:
                answers[i] = bus.call_finish(result).unpack()
            except GLib.Error:
                pass

        for i, (name, path, interface, method, parameters) in enumerate(questions):
            self.bus.call(name, path, interface, method, parameters, None, 0, -1, None, take, i)
        while left:
            GLib.MainContext.default().iteration(True)
        return answers

    def _row(self, places):
        """Of each place its children, its name and its text; None where it is gone."""
        questions = []
        for place in places:
            questions += [(*place, ACCESSIBLE, 'GetChildren', None),
                          (*place, 'org.freedesktop.DBus.Properties', 'Get', GLib.Variant('(ss)', (ACCESSIBLE, 'Name'))),
                          (*place, TEXT, 'GetText', GLib.Variant('(ii)', (0, TO_THE_END)))]
        answers = self._ask(questions)
        for i in range(0, len(answers), 3):
            children, name, text = answers[i:i + 3]
            if children is None or name is None:
                yield None
            else:
                yield [tuple(child) for child in children[0]], name[0], text[0] if text else ''

    def look(self):
        """All that is there, from above. Where it changes under the look it is looked at again; nothing where that goes on."""
        for _ in range(TRIES):
            try:
                self.app = self.app or self._find_app()
            except GLib.Error:
                return []
            known = self._tree(self.app) if self.app else {}
            if known:
                return list(self._in_order(known, self.app))
        return []

    def _tree(self, top):
        """Place to what is there; nothing where a part of it went meanwhile."""
        known, row = {}, [top]
        while row:
            for place, found in zip(row, self._row(row)):
                if found is None:
                    return {}
                known[place] = found
            row = [child for place in row for child in known[place][0] if child[1] != NOBODY and child not in known]
        return known

    def _in_order(self, known, place):
        children, name, text = known[place]
        yield Node(self, name, place, text)
        for child in children:
            if child in known:
                yield from self._in_order(known, child)
