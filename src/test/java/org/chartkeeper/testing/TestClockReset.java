package org.chartkeeper.testing;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/** Lets the clock run again after each test. */
class TestClockReset extends AbstractTestExecutionListener {

    @Override
    public void afterTestMethod(TestContext context) {
        context.getApplicationContext().getBean(TestClock.class).reset();
    }
}
