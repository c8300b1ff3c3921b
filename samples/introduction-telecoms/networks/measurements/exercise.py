"""Week 2 exercise · Exercice de la semaine 2

Read ping.csv, then find what the network itself takes and what the queues add.
Lisez ping.csv, puis trouvez ce que prend le réseau et ce qu'ajoutent les files.

    python3 exercise.py
"""

import csv
from statistics import median

with open("ping.csv", newline="", encoding="utf-8") as table:
    rows = list(csv.DictReader(table))

for place in sorted({row["to"] for row in rows}):
    answers = [float(row["ms"]) for row in rows if row["to"] == place and row["ms"]]
    lost = sum(1 for row in rows if row["to"] == place and not row["ms"])
    least, middle = min(answers), median(answers)

    # TODO 1: the mean waiting time in queues · le temps moyen passé dans les files
    waiting = 0.0

    # TODO 2: the share of packets lost, in per cent · la part de paquets perdus, en %
    loss = 0.0

    print(f"{place:12}  min {least:6.1f}  median {middle:6.1f}", end="  ")
    print(f"waiting {waiting:5.1f} ms  loss {loss:4.1f} %")
