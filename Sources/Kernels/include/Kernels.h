#pragma once
#include "activations.h"
#include "cells.h"
#include "losses.h"
#include "matrices.h"
#include "quantizers.h"
#include "random.h"
#include "updates.h"
