# Prints the tests in the text on standard input, as JSON: one object a test.
import ast
import json
import sys

KEPT = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def methods(node):
    """Names of a test case's tests."""
    named = [base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "") for base in node.bases]
    if "TestCase" in named:
        for method in node.body:
            if isinstance(method, ast.FunctionDef) and method.name.startswith("test"):
                yield method.name


def is_guard(node):
    return isinstance(node, ast.If) and "__name__" in ast.unparse(node.test)


def tests(source):
    for node in ast.parse(source, "tests.py").body:
        first, last = node.lineno, node.end_lineno
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            yield {"name": node.name, "call": node.name + "()"}
        elif isinstance(node, ast.ClassDef):
            for method in methods(node):
                name = node.name + "." + method
                yield {"name": name, "call": f"{node.name}({method!r}).debug()"}
        elif is_guard(node):
            yield {"first": first, "last": last}
        elif isinstance(node, KEPT):
            continue
        elif any(isinstance(inner, ast.Assert) for inner in ast.walk(node)) or (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
        ):
            yield {"name": ast.unparse(node)[:200], "first": first, "last": last}


print(json.dumps(list(tests(sys.stdin.read()))))
