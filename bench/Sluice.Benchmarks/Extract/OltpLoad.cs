using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Sluice.Benchmarks.Extract;

/// <summary>
/// The shop that goes on working: four of five statements read a row by its key, one adds to an account. They come at a fixed
/// rate whatever the server does, and each one's latency counts from when it was due, so that a queue is not overlooked.
/// </summary>
internal sealed partial class OltpLoad(BenchDatabase database, double perSecond, long rows)
{
    private const int Sessions = 4;

    /// <summary>Works for a time; returns the latency of each statement in microseconds, in no order.</summary>
    public List<double> Run(TimeSpan time, CancellationToken stop)
    {
        var all = new List<double>();
        // One more than the sessions need would wait for a core; threads of their own, so that no pool delays them.
        var threads = Enumerable.Range(0, Sessions).Select(session => new Thread(() => Work(session))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return all;

        void Work(int session)
        {
            using var connection = database.Connect()!;
            using var read = Prepare(connection, "select seconds from visits where id = @id");
            using var look = Prepare(connection, "select balance from accounts where id = @id");
            using var update = Prepare(connection, "update accounts set balance = balance + 1 where id = @id");
            var random = new Random(session);
            var latencies = new List<double>((int)(perSecond / Sessions * time.TotalSeconds * 1.5) + 1024);
            Ask(read, 1);
            Ask(look, 1);
            Ask(update, 1);
            var started = Stopwatch.GetTimestamp();
            var due = TimeSpan.Zero;
            while (!stop.IsCancellationRequested)
            {
                // Arrivals of many independent users.
                due += TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) * Sessions / perSecond);
                if (due >= time)
                {
                    break;
                }

                Wait(due - Stopwatch.GetElapsedTime(started));
                switch (random.Next(5))
                {
                    case 0:
                        Ask(update, random.Next(BenchDatabase.Accounts) + 1);
                        break;
                    case 1:
                        Ask(look, random.Next(BenchDatabase.Accounts) + 1);
                        break;
                    default:
                        Ask(read, random.NextInt64(rows) + 1);
                        break;
                }

                latencies.Add((Stopwatch.GetElapsedTime(started) - due).TotalMicroseconds);
            }

            lock (all)
            {
                all.AddRange(latencies);
            }
        }
    }

    private static DbCommand Prepare(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        var id = command.CreateParameter();
        id.ParameterName = "@id";
        id.Value = sql.Contains("visits", StringComparison.Ordinal) ? 1L : 1;
        command.Parameters.Add(id);
        command.Prepare();
        return command;
    }

    private static void Ask(DbCommand command, long id)
    {
        command.Parameters[0].Value = command.Parameters[0].Value is long ? id : (object)(int)id;
        command.ExecuteScalar();
    }

    // Thread.Sleep counts whole milliseconds; a statement takes a fifth of one.
    private static void Wait(TimeSpan time)
    {
        if (time > TimeSpan.Zero)
        {
            var wanted = new TimeSpec { Nanoseconds = (long)time.TotalNanoseconds };
            (wanted.Seconds, wanted.Nanoseconds) = Math.DivRem(wanted.Nanoseconds, 1_000_000_000);
            _ = Sleep(in wanted, IntPtr.Zero);
        }
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int Sleep(in TimeSpec wanted, IntPtr left);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    /// <summary>The process of its own: works until its input ends, then prints how many statements and their latencies.</summary>
    public static int Serve(string[] arguments)
    {
        using var database = BenchDatabase.Attach(arguments[0], arguments[1]);
        var load = new OltpLoad(
            database,
            double.Parse(arguments[2], CultureInfo.InvariantCulture),
            long.Parse(arguments[3], CultureInfo.InvariantCulture)
        );
        load.Run(TimeSpan.FromSeconds(1), CancellationToken.None);
        Console.Out.WriteLine("ready");
        using var stop = new CancellationTokenSource();
        using var ended = new ManualResetEventSlim();
        new Thread(() =>
        {
            Console.In.ReadLine();
            stop.Cancel();
        })
        {
            IsBackground = true,
        }.Start();
        var started = Stopwatch.GetTimestamp();
        var latencies = load.Run(TimeSpan.FromMinutes(10), stop.Token);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        latencies.Sort();
        Console.Out.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{latencies.Count / seconds} {At(0.5)} {At(0.99)} {At(0.999)}")
        );
        return 0;

        double At(double share) => latencies[(int)(latencies.Count * share)];
    }
}
