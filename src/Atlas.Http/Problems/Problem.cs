using System.Collections.Frozen;
using System.Text.Json;

namespace Atlas.Http.Problems;

/// <summary>A refusal of the API: its stable name, its HTTP status, and what it means.</summary>
/// <param name="Code">The end of <c>type</c>, which is <c>urn:atlas:problem:CODE</c>.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">The kind of refusal in a few words; always the same.</param>
public sealed record Problem(string Code, int Status, string Title)
{
    public static readonly Problem InvalidRequest = new("invalid-request", 400, "The request is not valid");
    public static readonly Problem InvalidLearningKey = new("invalid-learning-key", 400, "The learning key is not valid");
    public static readonly Problem Unauthorized = new("unauthorized", 401, "A valid API key is required");
    public static readonly Problem Forbidden = new("forbidden", 403, "The API key does not allow this");
    public static readonly Problem NotFound = new("not-found", 404, "There is nothing at this address");
    public static readonly Problem SessionNotFound = new("session-not-found", 404, "There is no such session");
    public static readonly Problem KeyNotFound = new("key-not-found", 404, "There is no such learning key");
    public static readonly Problem VersionNotFound = new("version-not-found", 404, "The learning key has no such version");
    public static readonly Problem EntryNotFound = new("entry-not-found", 404, "The playbook has no such entry");
    public static readonly Problem ExperimentNotFound = new("experiment-not-found", 404, "The learning key has no such experiment");
    public static readonly Problem MethodNotAllowed = new("method-not-allowed", 405, "The address does not support this method");
    public static readonly Problem SessionEnded = new("session-ended", 409, "The session has ended");
    public static readonly Problem SessionRunning = new("session-running", 409, "The session has not ended");
    public static readonly Problem AlreadyRewarded = new("already-rewarded", 409, "The session already has another reward");
    public static readonly Problem ReviewChanged = new("review-changed", 409, "The session has another review status");
    public static readonly Problem KeyFrozen = new("key-frozen", 409, "The learning key is frozen");
    public static readonly Problem KeyPinned = new("key-pinned", 409, "The learning key is pinned");
    public static readonly Problem KeyNotStaged = new("key-not-staged", 409, "The learning key is not staged");
    public static readonly Problem ExperimentRunning = new("experiment-running", 409, "The learning key already has an experiment");
    public static readonly Problem ExperimentOver = new("experiment-over", 409, "The experiment is over");
    public static readonly Problem ExperimentUndecided = new("experiment-undecided", 409, "The experiment has no verdict");
    public static readonly Problem InProgress = new("request-in-progress", 409, "The same request is still in progress");
    public static readonly Problem PreconditionFailed = new("precondition-failed", 412, "The playbook has changed in the meantime");
    public static readonly Problem TooLarge = new("payload-too-large", 413, "The body is too large");
    public static readonly Problem UnsupportedMediaType = new("unsupported-media-type", 415, "The body is not JSON");
    public static readonly Problem Refused = new("refused", 422, "The request was refused");
    public static readonly Problem IdempotencyMismatch = new("idempotency-key-reused", 422, "The Idempotency-Key belongs to another request");
    public static readonly Problem RateLimited = new("rate-limited", 429, "Too many requests");
    public static readonly Problem BudgetExhausted = new("budget-exhausted", 429, "The daily budget is not sufficient");
    public static readonly Problem Internal = new("internal", 500, "Something went wrong in Atlas");
    public static readonly Problem Unavailable = new("unavailable", 503, "Atlas is temporarily unavailable");

    /// <summary>Gets all problems by status, for the documentation.</summary>
    public static FrozenDictionary<int, Problem[]> ByStatus { get; } = new[]
        {
            InvalidRequest, InvalidLearningKey, Unauthorized, Forbidden, NotFound, SessionNotFound, KeyNotFound, VersionNotFound, EntryNotFound, ExperimentNotFound, MethodNotAllowed, SessionEnded, SessionRunning, AlreadyRewarded, ReviewChanged,
            KeyFrozen, KeyPinned, KeyNotStaged, ExperimentRunning, ExperimentOver, ExperimentUndecided, InProgress, PreconditionFailed, TooLarge, UnsupportedMediaType,
            Refused, IdempotencyMismatch, RateLimited, BudgetExhausted, Internal, Unavailable,
        }
        .GroupBy(problem => problem.Status).ToFrozenDictionary(same => same.Key, same => same.ToArray());

    public string Type => $"urn:atlas:problem:{Code}";

    public ProblemException With(string detail) => new(this, detail);

    public ProblemDetails Details(string detail) => new() { Type = Type, Title = Title, Status = Status, Detail = detail };

    /// <summary>Writes this problem as the response.</summary>
    public async Task WriteAsync(HttpContext context, string detail, int? retryAfterSeconds = null)
    {
        var response = context.Response;
        response.StatusCode = Status;
        response.ContentType = "application/problem+json";
        if (retryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer realm=\"Atlas\"";
        }

        await response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(Details(detail), ApiJson.Options), CancellationToken.None).ConfigureAwait(false);
    }
}

/// <summary>The exception that is answered with a problem.</summary>
public sealed class ProblemException(Problem problem, string detail) : Exception(detail)
{
    /// <summary>Gets the problem.</summary>
    public Problem Problem { get; } = problem;

    public int? RetryAfterSeconds { get; init; }
}
