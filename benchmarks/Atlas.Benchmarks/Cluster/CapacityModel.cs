namespace Atlas.Benchmarks.Cluster;

/// <summary>The processor time of an operation by where it is spent, in microseconds.</summary>
internal readonly record struct Price(double Client, double Silos, double Database)
{
    public static Price operator +(Price left, Price right) =>
        new(left.Client + right.Client, left.Silos + right.Silos, left.Database + right.Database);

    public static Price operator -(Price left, Price right) =>
        new(left.Client - right.Client, left.Silos - right.Silos, left.Database - right.Database);

    public static Price operator *(Price price, double times) => new(price.Client * times, price.Silos * times, price.Database * times);
}

/// <summary>Simulates callers that run one session after the other on a machine whose processors client, silos and database share.</summary>
/// <remarks>A session is a row of calls. Each call waits for a processor three times, for the work of the client, of the silos and of the database,
/// and then for its commit. Whoever waits is served in order.</remarks>
/// <param name="processors">The number of processors.</param>
/// <param name="calls">The number of calls of a session.</param>
/// <param name="commitMicroseconds">The time that a commit takes without work for a processor: for the disk.</param>
internal sealed class CapacityModel(int processors, int calls, double commitMicroseconds)
{
    private const double Simulated = 5_000_000;

    /// <summary>Returns the sessions per second.</summary>
    /// <param name="callers">How many sessions run at a time.</param>
    /// <param name="session">What one costs.</param>
    public double Sessions(int callers, Price session)
    {
        double[] work = [session.Client / calls, session.Silos / calls, session.Database / calls];
        var free = new PriorityQueue<int, double>();
        for (var processor = 0; processor < processors; processor++)
        {
            free.Enqueue(processor, 0);
        }

        // Who does what next, by the time when it is due. A stage is a piece of work, or the commit after three of them.
        var due = new PriorityQueue<(int Stage, double Since), double>();
        for (var caller = 0; caller < callers; caller++)
        {
            due.Enqueue((0, 0), caller);
        }

        var ended = 0;
        while (due.TryDequeue(out var next, out var now) && now < Simulated)
        {
            var stage = next.Stage % (work.Length + 1);
            double done;
            if (stage == work.Length)
            {
                done = now + commitMicroseconds;
            }
            else
            {
                free.TryDequeue(out var processor, out var since);
                done = Math.Max(now, since) + work[stage];
                free.Enqueue(processor, done);
            }

            var whole = next.Stage + 1 == calls * (work.Length + 1);
            ended += whole ? 1 : 0;
            due.Enqueue((whole ? 0 : next.Stage + 1, done), done);
        }

        return ended / (Simulated / 1_000_000);
    }
}
