using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Atlas.Learning.Rewards;
using Atlas.Models.Judges.Compatibility;
using Atlas.Models.Judges.Ensemble;

namespace Atlas.Models.Judges.Http;

/// <summary>Posts the session to an address and reads the judgement from the answer.</summary>
internal sealed class HttpJudge(HttpClient http, HttpJudgeOptions options, TimeProvider time) : IJudge
{
    private const int LargestAnswer = 1_000_000;

    public string Name => options.Name;

    public async Task<Judgement> JudgeAsync(JudgeRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var timeout = new CancellationTokenSource(
            options.TimeoutSeconds > 0 ? TimeSpan.FromSeconds(options.TimeoutSeconds) : Timeout.InfiniteTimeSpan, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        var audit = new JsonObject { ["stage"] = "http", ["model"] = options.Name };
        try
        {
            var answer = await PostAsync(request, limit.Token).ConfigureAwait(false);
            audit["response"] = answer;
            return Read(answer, audit);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && (failure is HttpRequestException or IOException or OperationCanceledException))
        {
            var problem = timeout.IsCancellationRequested
                ? string.Create(CultureInfo.InvariantCulture, $"The judge '{options.Name}' did not answer within {options.TimeoutSeconds} seconds.")
                : $"The call to the judge '{options.Name}' failed: {failure.Message}";
            audit["error"] = problem;
            return Judgement.None(problem, [audit]);
        }
    }

    private async Task<string> PostAsync(JudgeRequest request, CancellationToken ct)
    {
        var body = SessionEvidence.Document(request, options.Evidence);
        body["focus_prompt"] = request.FocusPrompt ?? options.Evidence.FocusPrompt;
        using var content = JsonContent.Create(body, options: AtlasJson.Options);
        using var message = new HttpRequestMessage(HttpMethod.Post, options.Address) { Content = content };
        using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, ct).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        await response.Content.LoadIntoBufferAsync(LargestAnswer, ct).ConfigureAwait(false);
        return await response.Content.ReadAsStringAsync(ct).ConfigureAwait(false);
    }

    private Judgement Read(string text, JsonObject audit)
    {
        var answer = JudgeAnswer.Read(text, ReferenceJudging.None);
        if (answer.Sample is not { } sample)
        {
            audit["unusable"] = answer.Problem;
            return Judgement.None($"The judge '{options.Name}' gave no usable judgement. {answer.Problem}", [audit]);
        }

        var reward = RewardRecords.Single(sample.Score, sample.Uncertainty, options.Name, sample.Rationale, time.GetUtcNow());
        reward.Reward["judges"]![0]!["principles"] = JsonSerializer.SerializeToNode(sample.Principles.AsEnumerable(), AtlasJson.Options);
        return new Judgement { Reward = reward, Audit = [audit] };
    }
}
