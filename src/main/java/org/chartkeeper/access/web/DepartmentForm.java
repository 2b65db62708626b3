package org.chartkeeper.access.web;

import org.chartkeeper.access.Places.DepartmentChange;
import org.chartkeeper.access.Places.DepartmentView;

/** A department on the form. */
class DepartmentForm {

    private String code = "";
    private String name = "";
    private String sensitivity = "";
    private boolean active = true;
    private int version;

    static DepartmentForm of(DepartmentView department) {
        DepartmentForm form = new DepartmentForm();
        form.code = department.code();
        form.name = department.name();
        form.sensitivity = department.sensitivity();
        form.active = department.active();
        form.version = department.version();
        return form;
    }

    DepartmentChange change() {
        return new DepartmentChange(code, name, sensitivity, active);
    }

    public String getCode() {
        return code;
    }

    public void setCode(String code) {
        this.code = code;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getSensitivity() {
        return sensitivity;
    }

    public void setSensitivity(String sensitivity) {
        this.sensitivity = sensitivity;
    }

    public boolean isActive() {
        return active;
    }

    public void setActive(boolean active) {
        this.active = active;
    }

    public int getVersion() {
        return version;
    }

    public void setVersion(int version) {
        this.version = version;
    }
}
