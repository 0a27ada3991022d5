package io.holdfast.store;

class KeysInPkcs12StoreTest extends KeysInAnyFormTest {

    KeysInPkcs12StoreTest() {
        super(KeyForm.PKCS12);
    }
}
