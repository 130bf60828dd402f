"""Reads the first members of a release with lxml in several processes.

Arguments: the zip, how many members, how many processes, codes with commas.
Prints the documents, those wanted and the seconds, without the start of Python.
"""
import json
import sys
import time
import zipfile
from multiprocessing import Pool

from lxml import etree

PATH, MEMBERS, PROCESSES = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
CODES = tuple(sys.argv[4].split(","))
opened = None


def read(index):
    global opened
    if opened is None:
        opened = zipfile.ZipFile(PATH)
        opened.members = opened.infolist()
    docs = wanted = 0
    with opened.open(opened.members[index]) as member:
        for _, doc in etree.iterparse(member, events=("end",), tag="Документ"):
            docs += 1
            codes = [e.get("КодОКВЭД") for e in doc.iterfind("СвОКВЭД/СвОКВЭДОсн")]
            codes += [e.get("КодОКВЭД") for e in doc.iterfind("СвОКВЭДотч/СвОКВЭДОсн")]
            if any(code.startswith(CODES) for code in codes):
                wanted += 1
                fields(doc)
            doc.clear()
            while doc.getprevious() is not None:
                del doc.getparent()[0]
    return docs, wanted


def fields(doc):
    """Takes what the program takes of a wanted document."""
    firm, sole, place = doc.find("ОргВклМСП"), doc.find("ИПВклМСП"), doc.find("СведМН")
    return (
        dict(doc.attrib),
        dict(firm.attrib) if firm is not None else {**sole.attrib, **sole.find("ФИОИП").attrib},
        place.get("КодРегион"),
        [(e.tag, e.get("Наим")) for e in place],
        [e.get("КодОКВЭД") for e in doc.iterfind("СвОКВЭД/СвОКВЭДДоп")],
    )


if __name__ == "__main__":
    with Pool(PROCESSES) as pool:
        pool.map(read, range(0))  # the processes are there before the clock starts
        start = time.perf_counter()
        parts = pool.map(read, range(MEMBERS), chunksize=1)
        took = time.perf_counter() - start
    print(json.dumps({
        "docs": sum(p[0] for p in parts), "wanted": sum(p[1] for p in parts), "seconds": took,
    }))
