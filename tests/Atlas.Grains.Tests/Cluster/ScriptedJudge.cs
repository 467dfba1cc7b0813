using System.Collections.Concurrent;
using Atlas.Domain;
using Atlas.Learning.Rewards;
using Atlas.Models.Judges;

namespace Atlas.Grains.Tests.Cluster;

/// <summary>A judge that waits at a gate and then says what the test wants.</summary>
internal sealed class ScriptedJudge : IJudge
{
    private readonly SemaphoreSlim _gate = new(0);
    private int _atWork;
    private int _mostAtWork;

    public string Name => "scripted";

    public ConcurrentQueue<JudgeRequest> Requests { get; } = new();

    /// <summary>What it says.</summary>
    public Func<JudgeRequest, Judgement> Answer { get; set; } = _ => Score(0.8);

    /// <summary>Most sessions that were with it at once.</summary>
    public int MostAtWork => Volatile.Read(ref _mostAtWork);

    public int AtWork => Volatile.Read(ref _atWork);

    public static ScriptedJudge Open(Func<JudgeRequest, Judgement>? answer = null)
    {
        var judge = new ScriptedJudge();
        judge.Answer = answer ?? judge.Answer;
        judge.Pass(int.MaxValue / 2);
        return judge;
    }

    public static Judgement Score(double score) => new()
    {
        Reward = RewardRecords.Single(score, 0.1, "scripted", "It looked right.", DateTimeOffset.UnixEpoch),
        Audit = [new System.Text.Json.Nodes.JsonObject { ["stage"] = "scripted" }],
        Usage = new TokenUsage(3, 300, 30),
    };

    public void Pass(int times = 1) => _gate.Release(times);

    public async Task<Judgement> JudgeAsync(JudgeRequest request, CancellationToken ct)
    {
        Requests.Enqueue(request);
        var atWork = Interlocked.Increment(ref _atWork);
        InterlockedMax(atWork);
        try
        {
            await _gate.WaitAsync(ct);
            return Answer(request);
        }
        finally
        {
            Interlocked.Decrement(ref _atWork);
        }
    }

    private void InterlockedMax(int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref _mostAtWork)) < value && Interlocked.CompareExchange(ref _mostAtWork, value, seen) != seen)
        {
        }
    }
}
