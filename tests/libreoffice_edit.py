"""Edits a .docx in LibreOffice with tracked changes on, as the secretary would. Run by the system's Python, which has uno.

usage: libreoffice_edit.py IN OUT REPLACE_OLD REPLACE_NEW AFTER NEW_PARAGRAPH SENTENCE
"""

import contextlib
import subprocess
import sys
import tempfile
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

PATIENCE = 60


def option(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def connect(pipe, office):
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(PATIENCE * 2):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            with contextlib.suppress(subprocess.TimeoutExpired):
                office.wait(timeout=0.5)
                break  # it ended before it answered
    sys.exit("LibreOffice does not answer")


def find(document, words):
    search = document.createSearchDescriptor()
    search.SearchString = words
    search.SearchCaseSensitive = True
    found = document.findFirst(search)
    if found is None:
        sys.exit(f"not found: {words}")
    return found


def edit(document, old, new, after, paragraph, sentence):
    document.RecordChanges = True
    find(document, old).setString(new)
    end = find(document, after)
    end.collapseToEnd()
    document.Text.insertControlCharacter(end, 0, False)  # noqa: FBT003 (UNO's own signature)
    document.Text.insertString(end, paragraph, False)  # noqa: FBT003
    find(document, sentence).setString("")


def main(source, target, *words):
    with tempfile.TemporaryDirectory() as profile:
        pipe = f"giaoban{Path(profile).name}"
        office = subprocess.Popen(
            [
                "soffice",
                "--headless",
                "--norestore",
                f"-env:UserInstallation=file://{profile}",
                f"--accept=pipe,name={pipe};urp;",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            context = connect(pipe, office)
            desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
            document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, (option("Hidden", True),))  # noqa: FBT003
            if words:
                edit(document, *words)
            document.storeToURL(Path(target).as_uri(), (option("FilterName", "MS Word 2007 XML"),))
            document.close(True)  # noqa: FBT003
            desktop.terminate()
            office.wait(timeout=PATIENCE)
        finally:
            office.kill()


if __name__ == "__main__":
    main(*sys.argv[1:])
