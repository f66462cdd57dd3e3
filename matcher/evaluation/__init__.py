"""How good it is, measured: `matcher evaluate` and docs/quality.md, every figure beside its baselines.

Each suite is one module with `run(...) -> list[Table]`; measures come from ir-measures, named its way.
"""
