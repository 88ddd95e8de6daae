# SPDX-License-Identifier: GPL-3.0-or-later
"""A shop of its own for tests of the stockroom's windows: the demo goods, a manager (PIN 3333) and somebody of the stockroom
(PIN 4444). The command line says what came of it."""
import csv
import json
import os
import pathlib
import subprocess
import tempfile


class Shop:
    def __init__(self, root, build):
        self.root, self.build = root, build
        self.folder = tempfile.TemporaryDirectory()
        self.home = pathlib.Path(self.folder.name)
        self.db = self.home / 'office.db'
        os.environ.update(HOME=str(self.home), XDG_CONFIG_HOME=str(self.home), XDG_DATA_HOME=str(self.home), TZ='UTC',
                          LC_ALL='C.UTF-8')
        self.baraa('init', '--country', 'ru', '--shop', 'Corner shop')
        self.goods = self._demo_goods()
        goods = self.home / 'goods.tsv'
        with open(goods, 'w', encoding='utf-8', newline='') as file:
            rows = csv.writer(file, delimiter='\t', lineterminator='\n')
            rows.writerow(['article', 'barcode', 'name', 'category', 'unit', 'price'])
            rows.writerows(self.goods)
        self.baraa('import', 'goods', str(goods))
        self.baraa('person', 'add', '--name', 'Oliver Smith', '--role', 'manager', '--pin', '3333')
        self.baraa('person', 'add', '--name', 'Sam Porter', '--role', 'stock', '--pin', '4444')

    def _demo_goods(self):
        with open(self.root / 'demo/goods.tsv', encoding='utf-8', newline='') as file:
            rows = {r['article']: r for r in csv.DictReader(file, delimiter='\t')}  # a second barcode is another row
        return [(r['article'], r['barcode'], r['name_en'], r['category_en'], r['unit'], r['price_ru']) for r in rows.values()]

    def scanned_goods(self):
        """Pieces with an EAN-13: barcode and name."""
        return [(g[1], g[2]) for g in self.goods if len(g[1]) == 13 and g[4] == 'pcs']

    def baraa(self, *args):
        made = subprocess.run([self.build / 'backoffice/baraa', *args, '--db', f'sqlite:{self.db}'], capture_output=True, text=True)
        assert made.returncode == 0, f'{args}: {made.stderr}'
        return made.stdout

    def post(self, document, *options):
        path = self.home / 'document.json'
        path.write_text(json.dumps(document), encoding='utf-8')
        return self.baraa('post', str(path), *options)

    def stock(self):
        """Name to row, of what is or was on the shelf."""
        return {r['name']: r for r in json.loads(self.baraa('stock', '--format', 'json'))['rows']}

    def office(self):
        return (self.build / 'backoffice/baraa-office', '--db', f'sqlite:{self.db}')

    def close(self):
        self.folder.cleanup()


def log_in(screen, pin):
    """As somebody who begins with the goods, whatever page is their first."""
    screen.wait_focus('PIN')
    screen.scan(pin)
    screen.wait('Goods')
    screen.key('alt+1')
