package mojibake
import ("testing";"fmt";"strings")
func TestDbg(t *testing.T){
 for _,c:=range generated(t) { if c.kind=="utf8_as_latin1"&& strings.Contains(c.want,"積不善之家") {
  r:=[]rune(c.text); f:=&finder{m:newModel(nil),text:r,proof:map[*pair]float32{}}
  plain:=f.m.text(0,r); fmt.Println("plain",plain)
  for i:=range pairs { p:=&pairs[i]
   if !f.possible(p,r,r) {continue}
   f.s = search{m:f.m,w:p.wrong(),r:p.right(),toll:p.toll,text:r}
   path,score:=f.s.run(); n:=f.s.pieces(path,p,plain-score)
   fmt.Print(p.wrong().name," ",p.right().name," ",plain-score)
   for i:=range n { f.s.weigh(&n[i]); s:=""; for _,o:=range n[i].outs {s+=string(o.r)}; fmt.Print(" ",s,n[i].gain,f.s.sound(&n[i]))}
   tr:=f.try(p,plain); if len(tr.pieces)>0 { ps,w:=f.deeper(r,0,tr.pieces,false,0); fmt.Print(" DEEPER ",w); for _,p:=range ps { s:=""; for _,o:=range p.outs {s+=string(o.r)}; fmt.Print(" ",s)}}
   fmt.Println()
  }
 }}
}
