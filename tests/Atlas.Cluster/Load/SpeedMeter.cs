using System.Collections.Concurrent;
using System.Diagnostics;

namespace Atlas.Cluster.Load;

/// <summary>Tells whether everybody is served at the speed that was usual before.</summary>
internal sealed class SpeedMeter
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);
    private const double Enough = 0.7;

    private readonly ConcurrentQueue<(long At, string Who)> _done = new();
    private double _usual;
    private string[] _all = [];

    /// <summary>Notes something that was done: by a worker, or for a key.</summary>
    public void Done(params ReadOnlySpan<string> whose)
    {
        var now = Stopwatch.GetTimestamp();
        foreach (var who in whose)
        {
            _done.Enqueue((now, who));
        }
    }

    /// <summary>Takes the last window as what is usual, once: a yardstick that is renewed after every fault could sink with it.</summary>
    /// <param name="all">All workers and keys that have to be served.</param>
    public void TakeAsUsual(IEnumerable<string> all)
    {
        Expect(all);
        _usual = Within(Window).Count;
    }

    /// <summary>Says who has to be served from now on.</summary>
    public void Expect(IEnumerable<string> all) => _all = [.. all];

    /// <summary>Whether in the last window, which began after <paramref name="since"/>, everybody was served at nearly the usual speed.</summary>
    public bool IsFullSince(long since)
    {
        if (Stopwatch.GetElapsedTime(since) < Window)
        {
            return false;
        }

        var done = Within(Window);
        var served = done.Select(item => item.Who).ToHashSet();
        return done.Count >= Enough * _usual && Array.TrueForAll(_all, served.Contains);
    }

    /// <summary>How much was done since a moment, as long as nobody looks at the last window meanwhile.</summary>
    public int DoneSince(long since) => _done.Count(item => item.At > since);

    /// <summary>What was missing in the last window, for the message of a test that fails.</summary>
    public string Missing()
    {
        var done = Within(Window);
        var served = done.Select(item => item.Who).ToHashSet();
        return $"{done.Count} done in {Window.TotalSeconds} s, usually {_usual}; not served: {string.Join(", ", _all.Where(who => !served.Contains(who)))}";
    }

    private List<(long At, string Who)> Within(TimeSpan window)
    {
        while (_done.TryPeek(out var oldest) && Stopwatch.GetElapsedTime(oldest.At) > window + window)
        {
            _done.TryDequeue(out _);
        }

        return [.. _done.Where(item => Stopwatch.GetElapsedTime(item.At) <= window)];
    }
}
