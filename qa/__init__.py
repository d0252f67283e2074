"""Questions: understanding, finding, answering, measuring."""

import os

# One question's products of vectors are too small for several threads, which would spin instead.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
