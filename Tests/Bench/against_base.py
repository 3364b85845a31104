"""Compares the programs of this tree with those of another revision, measured in turn."""
import json
import os
import statistics
import subprocess
import sys
import tempfile

from programs import OWN_RELEASE, ROOT, build

# How much worse the median of a row may be.
TOLERANCE = 0.05


def tree(revision):
    """The revision's files in a folder below .build, which the next comparison finds again."""
    commit = subprocess.run(["git", "rev-parse", "--verify", f"{revision}^{{commit}}"], cwd=ROOT, check=True,
                            stdout=subprocess.PIPE, text=True).stdout.strip()
    folder = os.path.join(ROOT, ".build", "base", commit)
    if not os.path.exists(os.path.join(folder, "Package.swift")):
        os.makedirs(folder, exist_ok=True)
        archive = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
        subprocess.run(["tar", "-x", "-C", folder], input=archive, check=True)
    return folder


def figures(bench, name, release):
    """The figures of one measurement with the programs of one version: by row, what it is and whether more is better."""
    with tempfile.NamedTemporaryFile(prefix="bench-", suffix=".json") as file:
        subprocess.run([sys.executable, bench, "--figures", file.name, name], check=True,
                       env={**os.environ, "BENCH_RELEASE": release}, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL)
        return {row: (value, more) for row, value, more in json.load(file)}


def compare(bench, revision, names, pairs):
    """Prints for each row the median of the pairs' ratios, this tree's figure over the revision's; 1 if one is worse."""
    folder = tree(revision)
    build(folder)
    releases = {"ours": OWN_RELEASE, "base": os.path.join(folder, ".build", "release")}
    worse = 0
    print(f"{'measured':58}  {'ours':>12}  {revision[:12]:>12}  ratio (least to most)", flush=True)
    for name in names:
        seen = {}
        for pair in range(pairs):
            # Who goes first changes, so that neither always finds the warmer machine.
            order = ("ours", "base") if pair % 2 == 0 else ("base", "ours")
            both = {side: figures(bench, name, releases[side]) for side in order}
            for row in both["ours"].keys() & both["base"].keys():
                seen.setdefault(row, []).append((both["ours"][row], both["base"][row]))
        for row, found in seen.items():
            ratios = sorted(ratio(ours, base) for (ours, _), (base, _) in found)
            median = statistics.median(ratios)
            more = found[0][0][1]
            is_worse = median < 1 - TOLERANCE if more else median > 1 + TOLERANCE
            worse += is_worse
            ours, base = (statistics.median(side[place][0] for side in found) for place in (0, 1))
            print(f"{row[:58]:58}  {ours:12.4g}  {base:12.4g}  {median:5.3f} ({ratios[0]:.3f} to {ratios[-1]:.3f})"
                  f"  {'WORSE' if is_worse else 'ok'}", flush=True)
        if not seen:
            worse += 1
            print(f"{name}: nothing was measured on both sides", flush=True)
    return 1 if worse else 0


def ratio(ours, base):
    """Two nothings are the same."""
    if base == 0:
        return 1.0 if ours == 0 else float("inf")
    return ours / base
