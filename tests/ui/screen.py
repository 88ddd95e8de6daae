# SPDX-License-Identifier: GPL-3.0-or-later
"""A private X display with a session bus and one program on it, used as a person would: keys and clicks in, what assistive
technology sees out. Nothing here sleeps for luck: until() looks again until a deadline."""
import os
import shutil
import signal
import subprocess
import tempfile
import time

TOOLS = ['Xvfb', 'dbus-daemon', 'xdotool', 'setxkbmap']
DEADLINE = 20


def missing():
    """What this machine lacks to run window tests; '' if nothing."""
    lacks = [tool for tool in TOOLS if shutil.which(tool) is None]
    try:
        import gi
        gi.require_version('Atspi', '2.0')
    except (ImportError, ValueError):
        lacks.append('gir1.2-atspi-2.0')
    return ' '.join(lacks)


def until(what, condition):
    """A look may itself take long where much else runs: one at least begins when the time is over."""
    end = time.monotonic() + DEADLINE
    while True:
        began = time.monotonic()
        if answer := condition():
            return answer
        if began > end:
            raise AssertionError('waited in vain: ' + what)
        time.sleep(0.02)


class Screen:
    def __init__(self, *program, size='1024x768'):
        self.program, self.size = program, size
        self.server = self.bus = self.process = None

    def __enter__(self):
        try:
            self._open()
        except BaseException:
            self.__exit__()  # a display that stayed would keep whoever reads what we say waiting
            raise
        return self

    def _open(self):
        self.runtime = tempfile.TemporaryDirectory()
        read, write = os.pipe()
        self.server = subprocess.Popen(['Xvfb', '-displayfd', str(write), '-screen', '0', self.size + 'x24', '-nolisten', 'tcp'],
                                       pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        os.environ.update(DISPLAY=':' + os.read(read, 16).decode().strip(), GDK_BACKEND='x11', LC_ALL='C.UTF-8',
                          GTK_A11Y='atspi', XDG_RUNTIME_DIR=self.runtime.name)
        bus = subprocess.run(['dbus-daemon', '--session', '--fork', '--print-address=1', '--print-pid=1'], text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout.split()
        os.environ['DBUS_SESSION_BUS_ADDRESS'], self.bus = bus[0], int(bus[1])
        import gi
        gi.require_version('Atspi', '2.0')
        from gi.repository import Atspi
        self.atspi = Atspi
        self.process = subprocess.Popen(self.program, stderr=subprocess.DEVNULL)
        subprocess.run(['xdotool', 'search', '--sync', '--onlyvisible', '--pid', str(self.process.pid)], check=True,
                       stdout=subprocess.DEVNULL)
        from sight import Sight
        self.sight = Sight(self.process.pid)

    def __exit__(self, *_):
        if self.process is not None:
            if self.process.poll() is None:
                self.process.kill()
            self.process.wait()
        if self.bus is not None:
            os.kill(self.bus, signal.SIGTERM)
        if self.server is not None:
            self.server.terminate()
            self.server.wait()
        self.runtime.cleanup()

    # what is seen

    def nodes(self):
        return self.sight.look()

    def find(self, name):
        """What is on the screen under this name or with this text, or None."""
        return next(self._named(name), None)

    def _named(self, name):
        return (node for node in self.nodes() if name in (node.name, node.text))

    def text(self, name):
        node = self.find(name)
        return node.text if node else None

    def wait(self, name):
        return until(name, lambda: self.find(name))

    def wait_text(self, name, text):
        try:
            until(f'{name} = {text}', lambda: self.text(name) == text)
        except AssertionError as error:
            raise AssertionError(f'{error}, but it is {self.text(name)!r}') from None

    # what is done

    def has(self, node, state):
        from gi.repository import GLib
        try:
            return node is not None and node.has(state)
        except GLib.Error:
            return False  # it has gone since: the caller looks again

    def is_(self, name, state):
        return self.has(self.find(name), state)

    def wait_focus(self, name):
        """A label may stand before the field that is called the same."""
        focused = self.atspi.StateType.FOCUSED
        until(name + ' has the focus', lambda: any(self.has(node, focused) for node in self._named(name)))

    def tab_to(self, name):
        def is_there():
            self.key('Tab')
            return self.is_(name, self.atspi.StateType.FOCUSED)
        until(name + ' has the focus', is_there)

    def press(self, name):
        node = self.wait(name)
        until(name + ' can be pressed', lambda: self.is_(name, self.atspi.StateType.SENSITIVE))
        assert node.do()

    def click(self, name, part=2):
        """With the mouse, for what has no key and no action. Another part of its width: two clicks in quick succession at
        one place are a double click."""
        self.click_on(self.wait(name), part)

    def click_on(self, node, part=2):
        """Windows stand at 0,0 here: nobody manages them."""
        x, y, width, height = node.box()
        subprocess.run(['xdotool', 'mousemove', str(x + width // part), str(y + height // 2), 'click', '1'], check=True)

    def picture(self, beginning):
        """One whose name, or the name with what its keys walked to, begins so; None where there is none."""
        image = self.atspi.Role.IMAGE
        return next((n for n in self.nodes() if n.name.startswith(beginning) and n.role() == int(image)), None)

    def all_texts(self):
        """What can be read on the screen, from above."""
        return [node.text for node in self.nodes() if node.text]

    def shown(self, texts):
        return [text for text in self.all_texts() if text in texts]

    def key(self, *names):
        subprocess.run(['xdotool', 'key', '--clearmodifiers', *names], check=True)

    def type(self, text):
        """As a hand does."""
        subprocess.run(['xdotool', 'type', '--delay', '120', text], check=True)

    def scan(self, *codes):
        """As a keyboard scanner does: 2 ms a key, Enter behind it, one code after the other."""
        for code in codes:
            subprocess.run(['xdotool', 'type', '--delay', '2', '--args', '1', code, 'key', 'Return'], check=True)

    def scan_under(self, layout, code):
        """The same where the desktop has another layout: a scanner presses the digits of the US one."""
        keys = [str(10 + '1234567890'.index(digit)) for digit in code]
        subprocess.run(['setxkbmap', layout], check=True)
        try:
            subprocess.run(['xdotool', 'key', '--delay', '2', *keys, '36'], check=True)
        finally:
            subprocess.run(['setxkbmap', 'us'], check=True)

    def save_as(self, title, path):
        """In the dialog that asks where to. It is seen before its field listens; the ending stays where it is."""
        self.wait(title)
        self.wait_focus('Name:')
        self.scan(str(path))

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(DEADLINE)


def run_tests(tests, *program):
    """TAP of functions that share one Screen, in order; what follows a failure is not tried."""
    if lacks := missing():
        print('1..0 # SKIP no', lacks)
        return
    print(f'1..{len(tests)}', flush=True)
    with Screen(*program) as screen:
        for number, test in enumerate(tests, 1):
            try:
                test(screen)
            except AssertionError as error:
                for text in screen.all_texts():
                    print('#', text.replace('\n', ' '))
                print(f'not ok {number} {test.__name__}: {error}')
                print('Bail out! the window is not where the next test begins')
                raise SystemExit(1) from None
            print(f'ok {number} {test.__name__}', flush=True)
