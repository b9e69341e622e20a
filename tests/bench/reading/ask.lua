-- Sends the bodies of a file in turn, each with a key of its own, and counts the answers that carry an error.
local bodies = {}
for line in io.lines(os.getenv("YUNGE_BODIES")) do bodies[#bodies + 1] = line end
local headers = { ["Content-Type"] = "application/json", ["Accept"] = "application/json" }
if os.getenv("YUNGE_TOKEN") then headers["Authorization"] = "Bearer " .. os.getenv("YUNGE_TOKEN") end
local turn, wrong = 0, 0
local threads = {}

function setup(thread) threads[#threads + 1] = thread end

function init()
  math.randomseed(os.time() * 1000 + tonumber(tostring({}):match("0x(%x+)"), 16) % 1000)
  turn = math.random(#bodies)
end

local function uuid()
  return (("xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx"):gsub("x", function()
    return string.format("%x", math.random(0, 15))
  end))
end

function request()
  turn = turn % #bodies + 1
  return wrk.format("POST", os.getenv("YUNGE_PATH"), headers, (bodies[turn]:gsub("@UUID@", uuid)))
end

function response(status, _, body)
  if status ~= 200 or body:find('"errors"', 1, true) then wrong = wrong + 1 end
end

function done(summary, latency)
  local bad = 0
  for _, thread in ipairs(threads) do bad = bad + (thread:get("wrong") or 0) end
  print(string.format("RESULT %d %d %d %d %d %d", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), summary.bytes, bad))
end
