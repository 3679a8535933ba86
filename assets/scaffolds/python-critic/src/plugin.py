"""A critic that finds pictures too dark to make out anything."""

from pentimento import answers
from wit_world import exports
from wit_world.imports.types import Critique, Evidence, Finding, Place_Region, Region, Severity

# Brightness below which a pixel is dark, of 255.
DARK = 40

# Share of dark pixels from which on a picture is too dark.
TOO_MUCH = 0.75

# The longer side, in pixels, that the host scales the picture to.
SIDE = 64


class Critiquing(exports.Critiquing):
    @answers
    def assess(self, brief, candidate):
        if not candidate.media_type().startswith("image/"):
            return Critique(None, 0.0, "this critic looks at pictures", [])
        share = dark_share(candidate.image())
        findings = []
        if share >= TOO_MUCH:
            findings.append(
                Finding(
                    code="{{name}}.too-dark",
                    severity=Severity.MINOR,
                    message=f"{share:.0%} of the picture is nearly black",
                    place=Place_Region(Region(0, 0, 1, 1)),
                    evidence=[Evidence("{{name}}.share", f"{share:.2f}", share)],
                    suggestion=None,
                )
            )
        return Critique(score=1 - share, confidence=1.0, abstain=None, findings=findings)


def dark_share(image):
    """The share of dark pixels, 0 to 1."""
    width, height = image.width(), image.height()
    longer = max(width, height)
    if longer > SIDE:
        width, height = max(1, width * SIDE // longer), max(1, height * SIDE // longer)
        image = image.resize(width, height)
    rgba = image.rows(0, height)
    pixels = zip(rgba[0::4], rgba[1::4], rgba[2::4])
    dark = sum(1 for red, green, blue in pixels if brightness(red, green, blue) < DARK)
    return dark / (width * height)


def brightness(red, green, blue):
    """How bright a pixel looks, 0 to 255: the weights of Rec. 601."""
    return (299 * red + 587 * green + 114 * blue) / 1000
