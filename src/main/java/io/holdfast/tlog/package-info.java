/** x */
package io.holdfast.tlog;
