from spectool.benchmark.template import Template

TEST: tuple[Template, ...] = ()
