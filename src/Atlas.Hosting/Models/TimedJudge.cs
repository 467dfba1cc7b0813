using System.Globalization;
using Atlas.Models.Judges;

namespace Atlas.Hosting.Models;

/// <summary>Adds a time limit to a custom judge.</summary>
internal sealed class TimedJudge(IJudge inner, TimeSpan limit, TimeProvider time) : IJudge
{
    public string Name => inner.Name;

    public async Task<Judgement> JudgeAsync(JudgeRequest request, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        try
        {
            // A judge that ignores the token is abandoned.
            return await inner.JudgeAsync(request, both.Token).WaitAsync(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested && timeout.IsCancellationRequested)
        {
            return Judgement.None(string.Create(
                CultureInfo.InvariantCulture, $"The judge '{inner.Name}' did not answer within {limit.TotalSeconds} seconds."));
        }
    }
}
