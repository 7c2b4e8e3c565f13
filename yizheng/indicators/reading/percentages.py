"""Comparison of a printed percentage with an exact share: rounded or truncated, at the printed
precision.
"""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction


def decimals(printed: Decimal) -> int:
    exponent = printed.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def rounded(exact: Fraction, places: int, mode: str = ROUND_HALF_UP) -> Decimal:
    # Enough digits that the division itself never decides the last printed one.
    with localcontext(prec=80):
        share = Decimal(exact.numerator) / Decimal(exact.denominator)
        return share.quantize(Decimal(1).scaleb(-places), rounding=mode)


def stands_for(printed: Decimal, exact: Fraction) -> bool:
    """`exact` in percent. All is all: 100 % is never the rounding of less, nor 0 % of more."""
    if printed in (0, 100):
        return exact == Fraction(printed)
    places = decimals(printed)
    return printed in (rounded(exact, places), rounded(exact, places, ROUND_DOWN))


def percent(part: Decimal | int, whole: Decimal | int) -> Fraction:
    return Fraction(part) / Fraction(whole) * 100


def shown(number: Decimal) -> str:
    """Without exponent or needless zeros of a whole number."""
    return (
        str(int(number))
        if number == number.to_integral_value() and decimals(number) == 0
        else format(number, "f")
    )
