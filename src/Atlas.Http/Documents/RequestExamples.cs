using System.Text.Json.Nodes;
using Atlas.Domain.Sessions;

namespace Atlas.Http.Documents;

/// <summary>Working example bodies for the operations that take one.</summary>
internal static class RequestExamples
{
    public static JsonNode? Of(string operation) => operation switch
    {
        "StartSession" => JsonNode.Parse("""{"task": "Refund order 1042", "learning_key": "support/refunds", "metadata": {"tags": ["billing"]}}"""),
        "AppendEvents" => JsonNode.Parse("""{"events": [{"type": "tool_call", "name": "get_order", "arguments": {"id": 1042}}]}"""),
        "RecordPlan" => JsonNode.Parse("""{"plan": {"steps": [{"id": 1, "description": "Look the order up"}]}}"""),
        "RecordStep" => JsonNode.Parse("""{"step_id": 1, "output": "Order 1042 was found.", "evaluation": {"score": 1}}"""),
        "RecordGuidance" => JsonNode.Parse("""{"step_id": 1, "note": "Check the date of purchase first."}"""),
        "RecordUsage" => JsonNode.Parse("""{"usage": {"roles": {}}}"""),
        "CompleteSession" => JsonNode.Parse("""{"status": "succeeded", "final_answer": "Refunded.", "reward": {"score": 0.9, "rationale": "The refund was right."}}"""),
        "RewardSession" => JsonNode.Parse("""{"score": 0.9, "judge": "customer", "rationale": "The customer was content."}"""),
        "ReserveBudget" => JsonNode.Parse("""{"tokens": 4000, "usd": 0.02}"""),
        "SettleBudget" => JsonNode.Parse("""{"tokens": 2711, "usd": 0.013}"""),
        "ReviewSession" => JsonNode.Parse("""{"status": "approved", "note": "looked at it"}"""),
        "ProposeEntries" => JsonNode.Parse(
            """{"entries": [{"audience": "student", "cue": {"type": "keyword", "pattern": "voucher"}, "action": {"imperative": "Read the voucher policy first"}}], "source": "a colleague"}"""),
        "DecideProposals" => JsonNode.Parse("""{"ids": [1], "accept": true, "reason": "it holds for every voucher"}"""),
        "DecideReviews" => JsonNode.Parse("""{"filter": {"learning_key": "support/refunds"}, "status": "approved", "dry_run": true}"""),
        "Forget" => JsonNode.Parse("""{"subject": "ada@example.com", "reason": "request 2026-114", "dry_run": true}"""),
        "ImportPlaybook" or "EditPlaybook" => JsonNode.Parse(
            """{"playbook": {"format": "atlas.playbook.v2", "student": ["Be brief."], "teacher": null, "entries": []}, "reason": "a better preface"}"""),
        "RollbackPlaybook" or "PinVersion" => JsonNode.Parse("""{"version": 1, "reason": "the newer one misled sessions"}"""),
        "TryEntry" => JsonNode.Parse("""{"entry": "check-first", "reason": "a colleague saw it work"}"""),
        "WithdrawEntry" => JsonNode.Parse("""{"entry": "check-first", "reason": "it misleads sessions"}"""),
        "MergeEntries" => JsonNode.Parse("""{"kept": "check-first", "entry": "look-first", "reason": "they say the same"}"""),
        "UnmergeEntry" => JsonNode.Parse("""{"entry": "look-first", "reason": "they are two rules"}"""),
        "StartExperiment" => JsonNode.Parse("""{"first_version": 3, "new_version": 5, "share": 0.5, "max_sessions": 1000, "difference": 0.2, "dry_run": true}"""),
        "StopExperiment" or "ConcludeExperiment" => JsonNode.Parse("""{"reason": "it has run long enough"}"""),
        "PromoteVersion" => JsonNode.Parse("""{"version": 1, "reason": "it held in the trial"}"""),
        "FreezeKey" or "UnfreezeKey" or "StageKey" or "UnstageKey" or "UnpinKey" => JsonNode.Parse("""{"reason": "release week"}"""),
        _ => null,
    };
}
