#!/usr/bin/env python3
"""Writes the files beside it: make.py FOLDER [institutions.tsv], FOLDER being the project's gold with score_facts.py and ../seeds.

naive.jsonl  the naive baseline of score_facts.py over all *.txt
mixed.jsonl  gold with faults: names, keys, kinds, states, dates, quotes, sides changed by dice that fall alike each time
*.json *.txt what score_facts.py says of them
"""
import csv, json, os, random, subprocess, sys

HERE, GOLD = os.path.dirname(os.path.abspath(__file__)), os.path.abspath(sys.argv[1])
sys.path.insert(0, GOLD)
import score_facts as sf

TABLE, CUT = (sys.argv[2:] or [os.path.join(GOLD, '../authority/institutions.tsv')])[0], os.path.join(HERE, 'institutions.tsv')
COLUMNS = 'id', 'kind', 'name_kk', 'name_ru', 'name_en', 'aliases', 'ror'
table, dice = sf.Table(TABLE), random.Random(12)
chance = lambda share: dice.random() < share
keys = sorted(table.kind)
SAME = json.load(open(os.path.join(GOLD, 'seeds.json'), encoding='utf-8'))['equivalent']
FOLDERS = [os.path.join(GOLD, d) for d in ('../seeds', 'articles-dev', 'articles2-dev', 'items-dev')]

def naive():
    for folder in FOLDERS:
        for p in sf.naive(folder, table):
            yield {**p, 'institutions': sorted(p['institutions'], key=lambda i: i['key'])}

def link(b):
    """A body's key, name and ROR id as a reader of texts may give them; where `text` is not gold's only the link can tell."""
    key, surface, other = b.get('key') or '', dice.choice(b['surfaces']), 'басқаша айтқанда'
    ror = (b.get('ror') or (key if key.startswith('ror:') else ''))[-9:]
    branches = [k for k in keys if table.kind[k] == 'branch' and any(sf.stems(b['name']) < sf.stems(n) for n in table.names[k])]
    branch = dice.choice(branches + [k for group in SAME if key in group for k in group]) if branches or key in sum(SAME, []) else key
    if b.get('key_also') and chance(.5):
        return {'key': dice.choice(b['key_also']), 'name': other, 'text': other}
    return dice.choices((
        {'key': key or 'new:' + surface, 'name': b['name'], 'text': surface},
        {'key': 'new:' + surface, 'name': surface, 'text': surface},
        {'key': 'new:' + surface, 'name': '', 'text': surface, 'country': b.get('country') or ''},
        {'key': '', 'ror': 'https://ror.org/' + ror if ror else '', 'name': other, 'text': other},
        {'key': dice.choice(keys), 'ror': ror, 'name': surface, 'text': surface},
        {'key': '', 'name': 'Филиал ' + b['name'] + ' в Астане', 'text': ''},
        {'key': branch or 'new:' + surface, 'name': other, 'text': other}), (70, 8, 4, 6, 3, 6, 5))[0]

def institution(b):
    p = link(b)
    text = p.pop('text')
    spans = [[s, e + chance(.1)] for s, e in b.get('spans') or []]
    return {**p, 'kind': dice.choice(('university', 'government')) if b['other'] else 'university',
            'surfaces': sorted({text, *(s for s in b['surfaces'] if chance(.8))} if text in b['surfaces'] else {text} - {''}), 'spans': spans}

def side(doc, name):
    body = next((b for b in doc.bodies if b['name'] == name), None)
    parent = body and doc.parent([name], body)
    if parent and chance(.5):
        return link(parent)
    if body and chance(.95):
        return link(body)
    code = sf.UNNAMED.match(name)
    if code:
        return dice.choice(({'name': 'universities, ' + code[1]}, {'key': 'partners:' + code[1]}, {'name': 'country, ' + code[1]}, {'country': code[1]}))
    return {'key': '', 'name': name, 'text': name}

def record(doc, a):
    quote = dice.choice([*a['quotes'], *a['quotes'], doc.agreements[0]['quote'], a['quotes'][0][:len(a['quotes'][0]) * 2 // 3]])
    date = dice.choice([*a['dates'], *a['dates'], '', a['dates'][0] + '/' + a['dates'][-1], '2019-03'])
    return {'kind': dice.choice([*[a['kind']] * 3, *sorted(a['kinds']), 'agreement']), 'date': date, 'reported': chance(.1),
            'status': dice.choice([*[a['status']] * 3, *sorted(a['statuses']), 'signed', 'planned']), 'quote': quote,
            'parties': [side(doc, p) for p in dice.choice([a['parties'], a['parties'], *a.get('parties_also', [])]) if chance(.95)]}

def mixed(doc):
    records = [record(doc, a) for a in doc.agreements if chance(.9)]
    if len(records) > 1 and chance(.3):
        records[0]['parties'] += records.pop()['parties']
    records += [{'kind': 'agreement', 'status': 'signed', 'date': '', 'quote': n['text'], 'parties': [link(b) for b in dice.sample(doc.bodies, min(2, len(doc.bodies)))]}
                for n in doc.gold['not_agreements'] if chance(.3)]
    records += [{'kind': 'other', 'status': 'in-force', 'date': '', 'quote': c['text'], 'parties': [link(doc.bodies[0])]}
                for c in doc.gold['claims'] if chance(.3) and doc.bodies]
    number = lambda n: dice.choice((str(n), '%s-дан астам' % n, 'около %s' % n, '%d' % (sf.number(n) + 1), '%d мың' % (sf.number(n) // 1000)))
    countries = [c for c in [*doc.gold['countries'], *doc.gold.get('countries_optional', []), 'KZ', 'FR'] if chance(.8) and (c != 'FR' or chance(.1))]
    return {'id': doc.id, 'countries': [{'iso2': c} for c in countries], 'agreements': records,
            'institutions': [institution(b) for b in doc.bodies if chance(.25 if b['other'] else .9)],
            'claims': [{'number': number(c['number']), 'text': c['text']} for c in doc.gold['claims'] if chance(.8)]}

def write(name, lines):
    with open(os.path.join(HERE, name), 'w', encoding='utf-8') as f:
        f.write(''.join(json.dumps(x, ensure_ascii=False, separators=(',', ':')) + '\n' for x in lines))

def main():
    docs = []
    for path in sf.gold_files(['all']):
        g = json.load(open(path, encoding='utf-8'))
        docs += [sf.Doc(x, table) for x in (map(sf.from_seed, g['articles']) if 'articles' in g else g)]
    unlearnt = {k for group in SAME for k in group[1:]}  # branches that the cut table lacks
    told = {'naive': [*naive()], 'mixed': [mixed(d) for d in docs if chance(.95)]}
    text = ''.join(open(p, encoding='utf-8').read() for p in sf.gold_files(['all']) if 'seeds' not in p) + json.dumps(told['naive']) + json.dumps([
        p.get('key') for d in told['mixed'] for p in [*d['institutions'], *(p for r in d['agreements'] for p in r['parties'])] if p.get('key') not in unlearnt])
    with open(TABLE, encoding='utf-8') as f, open(CUT, 'w', encoding='utf-8') as cut:  # the rows that are named
        cut.write('\t'.join(COLUMNS) + '\n')
        for r in csv.DictReader(f, delimiter='\t', quoting=csv.QUOTE_NONE):
            if '"%s"' % r['id'] in text:
                cut.write('\t'.join(r[c] for c in COLUMNS) + '\n')
    for name, lines in told.items():
        write(name + '.jsonl', lines)
        says = lambda *flags: subprocess.run([sys.executable, sf.__file__, '--gold', 'all', '--institutions', CUT, *flags], check=True,
                                             input=open(os.path.join(HERE, name + '.jsonl'), encoding='utf-8').read(), capture_output=True, text=True).stdout
        figures = json.loads(says('--json'))
        open(os.path.join(HERE, name + '.txt'), 'w').write(says() + says('--lines'))
        with open(os.path.join(HERE, name + '.json'), 'w') as f:  # a set a line
            f.write('{' + ',\n'.join('"%s": %s' % (n, json.dumps({k: {c: v[c] for c in sf.COUNTS} for k, v in row.items()})) for n, row in figures.items()) + '}\n')

main()
