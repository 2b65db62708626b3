@NullMarked
package org.chartkeeper.upkeep.web;

import org.jspecify.annotations.NullMarked;
