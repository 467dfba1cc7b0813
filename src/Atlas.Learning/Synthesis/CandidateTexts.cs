using System.Text.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Meaning;

namespace Atlas.Learning.Synthesis;

/// <summary>Lists the texts whose vectors are needed to judge an answer.</summary>
public static class CandidateTexts
{
    /// <summary>Returns the texts of the answer's entries, of existing ones, and of condemned ones, each once; none if the answer has no
    /// entries.</summary>
    /// <param name="current">The playbook.</param>
    /// <param name="answer">The answer, any JSON.</param>
    /// <param name="context">The context in which it will be judged.</param>
    public static IReadOnlyCollection<string> Of(LearnedPlaybook current, JsonElement answer, SynthesisContext context)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(context);
        var known = CandidateBatch.ById(current.Entries);
        var candidates = SynthesisAnswer.Read(answer).Candidates
            .Select(item => EntryWords.Of(CandidateNormaliser.Normalise(item, context.Options.Schema, known))).ToList();
        return candidates.Count == 0 ? [] :
        [
            .. candidates.Concat(known.Values.Select(EntryWords.Of)).Concat(context.Condemned.Select(rule => rule.Words))
                .SelectMany(words => RuleText.Of(words).Texts).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal),
        ];
    }
}
