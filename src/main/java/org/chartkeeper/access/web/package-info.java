@NullMarked
package org.chartkeeper.access.web;

import org.jspecify.annotations.NullMarked;
