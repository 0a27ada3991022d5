package io.holdfast.store;

class KeysInPlainFilesTest extends KeysInAnyFormTest {

    KeysInPlainFilesTest() {
        super(KeyForm.PLAIN);
    }
}
