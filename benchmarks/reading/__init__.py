"""Benchmark of the reading engine: own texts by construction, scores, floors and throughput."""
