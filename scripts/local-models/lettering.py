"""Paints pictures with words on them, to try a reader on: `lettering.py FONTS PHOTOGRAPHS FOLDER`.

Half of them are plain signs. The other half is meant to mislead: words that are misspelt on purpose, so that
a reader which guesses is found out; letters that look like others; words that lean, are pale, small, on
photographs, on two lines, or stand on their heads. `labels.json` says what each shows and of which kind it is.
"""

import json
import pathlib
import sys

from PIL import Image, ImageDraw, ImageFont, ImageOps

fonts, photographs, folder = (pathlib.Path(word) for word in sys.argv[1:])
folder.mkdir(parents=True, exist_ok=True)
SIDE = 512
FACES = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSerif.ttf", "DejaVuSansMono.ttf"]
PLATES = [("white", "black"), ("navy", "white"), ("darkred", "gold"), ("gold", "black"), ("darkgreen", "white")]
labels = []


def face(number, size):
    return ImageFont.truetype(str(fonts / FACES[number % len(FACES)]), size)


def centred(draw, lines, font, fill):
    height = font.size * 1.25
    top = SIDE / 2 - height * len(lines) / 2
    for number, line in enumerate(lines):
        draw.text((SIDE / 2, top + height * (number + 0.5)), line, font=font, fill=fill, anchor="mm")


def keep(kind, picture, texts):
    name = f"{len(labels):02}-{kind}.png"
    picture.convert("RGB").save(folder / name, optimize=True)
    labels.append({"file": name, "kind": kind, "texts": texts})


def sign(number, lines, size, plate=None):
    ground, ink = plate or PLATES[number % len(PLATES)]
    picture = Image.new("RGB", (SIDE, SIDE), "lightsteelblue")
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((24, 120, SIDE - 24, SIDE - 120), 24, fill=ground)
    centred(draw, lines, face(number, size), ink)
    return picture


PLAIN = ["OPEN", "Bakery", "No Parking", "EXIT", "Happy Birthday", "Sale 50% off", "Platform 9", "Library",
         "Do not enter", "Fresh bread", "STOP", "Welcome home", "Room 204", "Coffee & Tea", "Ticket office",
         "Beware of the dog", "Closed on Mondays", "Wet paint", "Lost and found", "Mind the gap"]
for number, text in enumerate(PLAIN):
    keep("plain", sign(number, [text], 44 if len(text) > 12 else 60), [text])

# Not what one expects to read.
for number, text in enumerate(["COFFE", "Restuarant", "WELCOM", "Bakrey"]):
    keep("misspelt", sign(number, [text], 60), [text])
# Letters that are taken for others.
for number, text in enumerate(["l1I O0", "5S 8B 2Z", "rn m", "QO0D"]):
    keep("alike", sign(number, [text], 60), [text])
for number, (text, degrees) in enumerate([("Garage", 12), ("Hotel", -20), ("Museum", 35), ("Market", 90)]):
    level = sign(number, [text], 60)
    keep("leaning", level.rotate(degrees, Image.Resampling.BICUBIC, fillcolor="lightsteelblue"), [text])
keep("upside-down", sign(1, ["Harbour"], 60).rotate(180), ["Harbour"])
keep("mirrored", ImageOps.mirror(sign(2, ["Gallery"], 60)), ["Gallery"])
for number, (ground, ink) in enumerate([("#808080", "#8c8c8c"), ("#e8e8e8", "#f8f8f8"), ("#202040", "#28284c")]):
    keep("pale", sign(number, ["Theatre"], 60, (ground, ink)), ["Theatre"])
for number, size in enumerate([9, 12, 16]):
    keep("small", sign(number, ["Post office"], size, ("white", "black")), ["Post office"])
for number, lines in enumerate([["Grand", "Opening"], ["One way", "or another"], ["All you need", "is here", "today"]]):
    keep("lines", sign(number, lines, 48), [" ".join(lines)])
for number, (text, photograph) in enumerate([("Dogs only", "dog.jpg"), ("Ride west", "horses.jpg"), ("Blossom", "flower.jpg")]):
    picture = ImageOps.fit(Image.open(photographs / photograph).convert("RGB"), (SIDE, SIDE))
    centred(ImageDraw.Draw(picture), [text], face(1, 64), "white")
    keep("photograph", picture, [text])

(folder / "labels.json").write_text(json.dumps(labels, indent=1) + "\n")
