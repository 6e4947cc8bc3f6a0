from spectool.benchmark.template import Dialogue

DIALOGUES: tuple[Dialogue, ...] = ()
