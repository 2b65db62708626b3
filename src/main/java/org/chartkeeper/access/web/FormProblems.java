package org.chartkeeper.access.web;

import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.validation.BindingResult;

/** Puts what a service refused beside the fields of the form. */
final class FormProblems {

    private FormProblems() {}

    static void into(BindingResult binding, Rejected rejected) {
        Object form = binding.getTarget();
        for (Problem problem : rejected.problems()) {
            String field = problem.field();
            if (field != null && form != null && new BeanWrapperImpl(form).isReadableProperty(field)) {
                binding.rejectValue(field, "rejected", problem.message());
            } else {
                binding.reject("rejected", problem.message());
            }
        }
    }
}
