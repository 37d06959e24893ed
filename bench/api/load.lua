-- Requests of a file, METHOD<TAB>path<TAB>body a line; taken at random, or in turn, each thread its own share. {n} counts.
local requests, at, made, threads, headers = {}, 0, 0, 0, {}

function setup(thread)
   thread:set("number", threads)
   threads = threads + 1
end

function init()
   math.randomseed(7 + number)
   local count, line_number = tonumber(os.getenv("LOAD_THREADS")), 0
   for line in io.lines(os.getenv("LOAD_REQUESTS")) do
      if os.getenv("LOAD_TURN") == "random" or line_number % count == number then
         local method, path, body = line:match("^(%S+)\t([^\t]+)\t?(.*)$")
         requests[#requests + 1] = {method, path, body ~= "" and body or nil}
      end
      line_number = line_number + 1
   end
   headers["Authorization"] = "Bearer " .. os.getenv("LOAD_TOKEN")
   headers["Content-Type"] = "application/json"
end

local in_turn = os.getenv("LOAD_TURN") ~= "random"

function request()
   if in_turn then at = at % #requests + 1 else at = math.random(#requests) end
   made = made + 1
   local one = requests[at]
   local body = one[3] and one[3]:gsub("{n}", number .. "-" .. made)
   return wrk.format(one[1], one[2], headers, body)
end

function done(summary, latency)
   io.write(string.format('{"rate":%.1f,"p50":%.3f,"p99":%.3f,"refused":%d}\n', summary.requests / summary.duration * 1e6,
      latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.errors.status + summary.errors.read + summary.errors.timeout))
end
