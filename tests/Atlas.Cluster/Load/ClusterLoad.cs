using System.Collections.Concurrent;
using System.Globalization;
using Atlas.Client;
using Atlas.Cluster.Histories;
using Atlas.Contracts;
using Atlas.Contracts.Sessions;

namespace Atlas.Cluster.Load;

/// <summary>Clients that read and move heads, and clients that run whole sessions, all at an even pace, from one seed.</summary>
internal sealed class ClusterLoad : IAsyncDisposable
{
    private const int HeadWorkers = 6;
    private const int SessionWorkers = 3;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(40);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<Exception> _faults = new();
    private readonly IAtlasClient[] _clients;
    private readonly string[] _sessionKeys;
    private HeadHistory[] _heads;
    private Task[] _workers = [];
    private readonly ConcurrentQueue<string> _failures = new();

    /// <param name="clients">Clients of the cluster; not disposed here.</param>
    /// <param name="heads">Keys whose heads are read and moved.</param>
    /// <param name="sessionKeys">Keys that learn from sessions.</param>
    public ClusterLoad(IEnumerable<IAtlasClient> clients, IEnumerable<string> heads, IEnumerable<string> sessionKeys)
    {
        _clients = [.. clients];
        _heads = [.. heads.Select(key => new HeadHistory(key))];
        _sessionKeys = [.. sessionKeys];
    }

    public SpeedMeter Speed { get; } = new();

    public ConcurrentQueue<SessionRecordKept> Sessions { get; } = new();

    /// <summary>Calls that failed after all tries, and so had an unknown end.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>What went wrong in a way that nothing that was done to the cluster explains.</summary>
    public IReadOnlyCollection<Exception> Faults => _faults;

    /// <summary>Everybody who has to be served.</summary>
    public IEnumerable<string> All =>
        Enumerable.Range(0, HeadWorkers).Select(HeadWorker)
            .Concat(Enumerable.Range(0, SessionWorkers).Select(SessionWorker))
            .Concat(_heads.Select(head => head.Key));

    public void Start(int seed)
    {
        _workers =
        [
            .. Enumerable.Range(0, HeadWorkers).Select(number => Task.Run(() => MoveHeadsAsync(number, new Random(seed + number)))),
            .. Enumerable.Range(0, SessionWorkers).Select(number => Task.Run(() => RunSessionsAsync(number, new Random(seed + 100 + number)))),
        ];
    }

    /// <summary>Goes on with other heads, and returns those so far; calls under way on them end, and are noted, only later.</summary>
    public HeadHistory[] ChangeHeads(IEnumerable<string> keys) => Interlocked.Exchange(ref _heads, [.. keys.Select(key => new HeadHistory(key))]);

    /// <summary>Lets every worker end what it is at, and returns the histories of the heads.</summary>
    public async Task<HeadHistory[]> StopAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_workers);
        return _heads;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_workers);
        _stopping.Dispose();
    }

    private static string HeadWorker(int number) => $"head worker {number}";

    private static string SessionWorker(int number) => $"session worker {number}";

    private async Task MoveHeadsAsync(int number, Random random)
    {
        using var pace = new PeriodicTimer(Pace);
        for (var turn = 0; !_stopping.IsCancellationRequested; turn++)
        {
            var heads = Volatile.Read(ref _heads);
            var head = heads[random.Next(heads.Length)];
            var client = _clients[random.Next(_clients.Length)];
            var dice = random.Next(10);
            var text = string.Create(CultureInfo.InvariantCulture, $"worker {number}, turn {turn}.");
            await TryAsync(
                async () =>
                {
                    switch (dice)
                    {
                        case < 7:
                            await head.ResolveAsync(client);
                            break;
                        case < 9:
                        case 9 when head.Newest == 0:
                            await head.ImportAsync(client, text);
                            break;
                        default:
                            await head.RollbackAsync(client, random.Next(1, head.Newest + 1));
                            break;
                    }
                },
                HeadWorker(number),
                head.Key);
            await pace.WaitForNextTickAsync();
        }
    }

    private async Task RunSessionsAsync(int number, Random random)
    {
        using var pace = new PeriodicTimer(Pace);
        for (var turn = 0; !_stopping.IsCancellationRequested; turn++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{number}/{turn}");
            var key = _sessionKeys[random.Next(_sessionKeys.Length)];
            var client = _clients[random.Next(_clients.Length)];
            await TryAsync(() => RunSessionAsync(client, name, key, random), SessionWorker(number));
            await pace.WaitForNextTickAsync();
        }
    }

    private async Task RunSessionAsync(IAtlasClient client, string name, string key, Random random)
    {
        var session = await client.StartSessionAsync(new StartSession($"Refund order {name}", key, ExternalId: $"load/{name}"));
        var kept = new SessionRecordKept(session.SessionId, key);
        Sessions.Enqueue(kept);
        for (var append = 0; append < 3; append++)
        {
            string[] messages = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"{name} event {kept.Events.Count + append}-{random.Next()}")];
            await session.AppendAsync([.. messages.Select(message => TrajectoryEvent.Message(message))]);
            kept.Events.AddRange(messages);
        }

        await session.CompleteAsync("Done.", random.NextDouble());
        kept.Completed = true;
    }

    private async Task TryAsync(Func<Task> call, params string[] whose)
    {
        try
        {
            await call();
            Speed.Done(whose);
        }
        catch (AtlasUnavailableException failure)
        {
            _failures.Enqueue($"{string.Join(", ", whose)}: {failure.Message} {failure.InnerException?.GetType().Name} {failure.InnerException?.Message}");
        }
        catch (Exception fault)
        {
            _faults.Enqueue(fault);
        }
    }
}
