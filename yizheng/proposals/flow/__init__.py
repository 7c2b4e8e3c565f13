"""The five flows of a proposal: itself, its co-signatures, its assignments, extensions asked,
ratings given.
"""

from .assignment import ASSIGNMENT
from .cosignature import COSIGNATURE
from .evaluation import EVALUATION
from .extension import EXTENSION
from .proposal import PROPOSAL

__all__ = ["ASSIGNMENT", "COSIGNATURE", "EVALUATION", "EXTENSION", "PROPOSAL"]
