@NullMarked
package org.chartkeeper.terminology.web;

import org.jspecify.annotations.NullMarked;
