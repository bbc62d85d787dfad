"""Reads what an export wrote by Python's own compiler and syntax tree, and compares it with the DAGs it was made of."""

import ast
import json
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo


class Pendulum:
    """What the files use of pendulum, by the standard library."""

    @staticmethod
    def datetime(*parts, tz):
        return datetime(*parts, tzinfo=ZoneInfo(tz))

    @staticmethod
    def instance(at):
        return at

    @staticmethod
    def from_timestamp(seconds):
        return datetime.fromtimestamp(seconds, timezone.utc)


class Call:
    def __init__(self, name, args, kwargs):
        self.value = {"call": name, "args": args, "kwargs": kwargs}

    def infer_manual_data_interval(self, run_after):
        interval = Call("interval", [], {})
        interval.start = {"of": self.value, "last_ended_by": run_after.timestamp()}
        interval.end = {"of": self.value, "containing": run_after.timestamp()}
        return interval


def calls(name):
    return lambda *args, **kwargs: Call(name, [plain(arg) for arg in args], {key: plain(kwargs[key]) for key in kwargs})


NAMES = {
    "pendulum": Pendulum,
    "timedelta": timedelta,
    "CronDataIntervalTimetable": calls("cron"),
    "DeltaDataIntervalTimetable": calls("delta"),
    "Param": calls("param"),
}


def plain(value):
    if isinstance(value, Call):
        return value.value
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return value


def evaluate(node, names):
    return eval(compile(ast.Expression(node), "<file>", "eval"), names)


def arguments(call, names):
    assert not call.args
    return {word.arg: evaluate(word.value, names) for word in call.keywords}


def subscript(node):
    assert isinstance(node, ast.Subscript) and node.value.id == "task"
    return node.slice.value


def read(source):
    compile(source, "<dag>", "exec")
    names, tasks, imported = dict(NAMES), {}, set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.ImportFrom):
            imported |= {name.name for name in node.names}
        elif isinstance(node, ast.Assign):
            names[node.targets[0].id] = evaluate(node.value, names)
        elif isinstance(node, ast.With):
            block = node
    (item,) = block.items
    assert item.context_expr.func.id == "DAG"
    used = {node.id for node in ast.walk(block) if isinstance(node, ast.Name)} & (set(NAMES) | {"DAG"})
    dag = arguments(item.context_expr, names)
    for node in block.body[1:]:
        if isinstance(node, ast.Assign):
            (target,), call = node.targets, node.value
            used.add(call.func.id)
            tasks[subscript(target)] = {"operator": call.func.id, "upstream": [], **arguments(call, names)}
        else:
            left, right = node.value.left, node.value.right
            assert isinstance(node.value.op, ast.LShift)
            tasks[subscript(left)]["upstream"] = [subscript(one) for one in right.elts]
    assert used - {"pendulum"} <= imported, (used, imported)
    for name, task in tasks.items():
        assert task.pop("task_id") == name
    return {key: plain(value) for key, value in dag.items()}, tasks


def check(case):
    dag, tasks = read(case["source"])
    for task_id, task in tasks.items():
        function = task.pop("execution_date_fn", None)
        dates = case["dates"].get(task_id)
        assert (function is None) == (dates is None), task_id
        for start, end, expected in dates or []:
            start, end = (datetime.fromtimestamp(at, timezone.utc) for at in (start, end))
            found = plain(function(start, data_interval_end=end, ds="") if function.__code__.co_argcount == 2 else function(start, ds=""))
            assert found == expected, (task_id, start, end, found, expected)
        tasks[task_id] = {key: plain(value) for key, value in task.items()}
    assert dag == case["dag"], (dag, case["dag"])
    assert tasks == case["tasks"], [(key, tasks.get(key), case["tasks"].get(key)) for key in tasks | case["tasks"] if tasks.get(key) != case["tasks"].get(key)]


for at, case in enumerate(json.load(sys.stdin)):
    try:
        if "test" in case:
            compile(case["test"], "<test>", "exec")
            assert all(isinstance(node, (ast.Expr, ast.Import, ast.ImportFrom, ast.Try, ast.Assign, ast.FunctionDef)) for node in ast.parse(case["test"]).body)
        else:
            check(case)
    except Exception as problem:
        sys.exit(f"case {at}: {type(problem).__name__}: {problem}\n{case.get('source', case.get('test'))}")
