"""walk.py README HEADING: the commands of the first shell block below a heading, one a line, without remarks."""

import pathlib
import re
import sys

text = pathlib.Path(sys.argv[1]).read_text()
section = re.search(rf"^## {re.escape(sys.argv[2])}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
block = re.search(r"^```sh\n(.*?)^```", section.group(1), re.M | re.S)
for line in block.group(1).splitlines():
    command = re.sub(r"\s+#.*", "", line)
    if command:
        print(command)
