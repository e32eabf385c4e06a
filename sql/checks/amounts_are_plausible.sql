-- Figures beyond the trade of the world, or below nothing: a unit, a multiplier or a sign was misread.
-- asset: fct_trade_claims
-- severity: warn
select claim_id, flow, amount, amount_high, currency, amount_usd, change_pct, evidence_text
from main.fct_trade_claims
where amount_usd > 60e12
  or (flow <> 'balance' and amount < 0)
  or (amount_usd is null and amount > 1e17)
  or change_pct < -100
