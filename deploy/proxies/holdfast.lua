-- Asks the gateway about a call: http-request lua.holdfast in haproxy.cfg. Only the whole answer 200 sets txn.holdfast_yes.
-- With a socket and not with core.httpclient: that one asks up to four times, and waits as often.

local HOST = "127.0.0.1"
local PORT = 8090
-- Longer than holdfast.check.patience.
local PATIENCE_S = 3
local MOST_LINES = 32

local function is_yes(question)
  local deadline = core.now().sec + PATIENCE_S
  local socket = core.tcp()
  socket:settimeout(PATIENCE_S)
  if not socket:connect(HOST, PORT) or not socket:send(question) then
    return false
  end
  local first = socket:receive("*l")
  local line = first
  for _ = 1, MOST_LINES do
    if line == nil or line == "" or core.now().sec > deadline then
      break
    end
    line = socket:receive("*l")
  end
  socket:close()
  -- Up to the empty line after its headers: an answer that breaks off is none.
  return line == "" and first ~= nil and first:find("^HTTP/1%.1 200 ") ~= nil
end

core.register_action("holdfast", { "http-req" }, function(txn)
  local lines = {
    "GET / HTTP/1.1",
    "Host: holdfast",
    "Connection: close",
    "X-Original-Method: " .. txn.sf:method(),
    "X-Original-URI: " .. txn.sf:url(),
  }
  -- All of each: the gateway refuses a call that brings more than one. Add what your rules of traffic look at.
  local headers = txn.http:req_get_headers()
  for _, name in ipairs({ "holdfast-grant", "authorization" }) do
    for _, value in pairs(headers[name] or {}) do
      lines[#lines + 1] = name .. ": " .. value
    end
  end
  -- What HAProxy saw and verified, RFC 9440; empty without TLS, or without a certificate. The client's own header does not go on.
  local certificate = txn.sf:ssl_c_der()
  if certificate ~= "" then
    lines[#lines + 1] = "Client-Cert: :" .. txn.sc:base64(certificate) .. ":"
  end
  local question = table.concat(lines, "\r\n") .. "\r\n\r\n"
  if is_yes(question) then
    txn:set_var("txn.holdfast_yes", true)
  end
end, 0)
