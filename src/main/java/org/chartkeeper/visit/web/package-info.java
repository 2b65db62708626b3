@NullMarked
package org.chartkeeper.visit.web;

import org.jspecify.annotations.NullMarked;
