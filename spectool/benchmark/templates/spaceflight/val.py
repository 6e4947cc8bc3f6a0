from spectool.benchmark.template import Template

VAL: tuple[Template, ...] = ()
