using System.Globalization;
using System.Runtime.CompilerServices;
using Atlas.Learning.Options;
using Atlas.Models.Providers.Calls;
using Atlas.Models.Providers.Routing;
using Atlas.Models.Providers.Wire;
using Microsoft.Extensions.AI;

namespace Atlas.Models.Providers.Chat;

/// <summary>A vendor's client with the configured settings. All failures are <see cref="ModelException"/>s.</summary>
internal sealed class ModelChatClient(IChatClient inner, LlmParameters parameters, ModelDescription description, Secrets secrets, TimeProvider time)
    : DelegatingChatClient(inner)
{
    private readonly CallSettings _settings = new(parameters, description);

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (asked, notes) = Prepare(ref messages, options);
        CallNotes.Current = notes;
        try
        {
            var response = WithoutKeys(await base.GetResponseAsync(messages, asked, cancellationToken).ConfigureAwait(false));
            notes.Give(response.Messages.SelectMany(message => message.Contents));
            if (!notes.LeftOut.IsEmpty)
            {
                (response.AdditionalProperties ??= [])[LeftOutParameters.Key] = notes.LeftOut.ToArray();
            }

            return response;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw Translate(failure);
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // The limit applies to the silence between two chunks, because a long answer can take longer.
        var limit = TimeLimit.Of(parameters);
        using var silence = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        var (asked, notes) = Prepare(ref messages, options);
        var updates = base.GetStreamingResponseAsync(messages, asked, either.Token).GetAsyncEnumerator(either.Token);
        await using var updatesDisposal = updates.ConfigureAwait(false);
        while (true)
        {
            // The consumer of the stream has its own execution context.
            CallNotes.Current = notes;
            try
            {
                if (!await updates.MoveNextAsync().ConfigureAwait(false))
                {
                    yield break;
                }
            }
            catch (Exception) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new ModelException(
                    ModelFailure.TimedOut,
                    string.Create(CultureInfo.InvariantCulture, $"{Who} sent nothing for {parameters.TimeoutSeconds} seconds in the middle of its answer."));
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                throw Translate(failure);
            }

            silence.CancelAfter(limit);
            notes.Give(updates.Current.Contents);
            if (updates.Current.FinishReason is not null && !notes.LeftOut.IsEmpty)
            {
                (updates.Current.AdditionalProperties ??= [])[LeftOutParameters.Key] = notes.LeftOut.ToArray();
            }

            yield return updates.Current;
        }
    }

    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(ModelDescription) ? description : base.GetService(serviceType, serviceKey);

    private (ChatOptions Options, CallNotes Notes) Prepare(ref IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        messages = messages as IReadOnlyCollection<ChatMessage> ?? [.. messages];
        var (asked, schema) = _settings.Apply(options);
        var notes = new CallNotes { Schema = schema };
        notes.Take(messages);
        return (asked, notes);
    }

    private string Who => $"{ModelRoute.NameOf(description.Provider)} (model '{description.Model}')";

    /// <summary>Removes keys from a response, so that a server that echoes its request cannot put them into records.</summary>
    private ChatResponse WithoutKeys(ChatResponse response)
    {
        foreach (var content in response.Messages.SelectMany(message => message.Contents))
        {
            if (content is TextContent text)
            {
                text.Text = secrets.HideOwn(text.Text);
            }
            else if (content is TextReasoningContent thought)
            {
                thought.Text = secrets.HideOwn(thought.Text);
            }
        }

        return response;
    }

    /// <summary>Converts a failure. It can be wrapped, because packages wrap what the transport throws.</summary>
    private ModelException Translate(Exception failure)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (inner is ModelException known)
            {
                return known;
            }
        }

        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (inner is HttpRequestException or IOException)
            {
                return new(ModelFailure.Unreachable, secrets.Hide($"The connection to {Who} was lost: {inner.Message}"));
            }
        }

        return new(ModelFailure.Unreadable, secrets.Hide($"{Who} sent an answer that cannot be read: {failure.Message}"));
    }
}
